import type { ActorRef } from "@headcount/contract/kit/actors";
import type { TaskSkill } from "@headcount/contract/skills/task-skill";
import type { Task } from "@headcount/contract/tasks/schemas";
import type { FiredWatchdog } from "@headcount/contract/tasks/states";
import type { WaitingReason } from "@headcount/contract/tasks/states";
import { failureRemedies } from "@headcount/domain/tasks/failure-remedies";
import { fileFailure } from "@headcount/domain/tasks/failure-taxonomy";
import { formatUsd } from "@headcount/domain/usage/money";
import { mapTokens, toTokenCount, totalTokens } from "@headcount/domain/usage/token-counts";
import { privateAgentName } from "../agents/read-closed-agents.ts";
import type { TaskRow } from "./task-row.ts";

/** A task with everything that its view needs, as the database returns it. */
export type TaskViewRow = TaskRow & {
  readonly issueKey: string;
  readonly issueTitle: string;
  readonly agentName: string;
  readonly runtimeName: string | null;
  readonly displayDirectory: string | null;
  readonly branch: string | null;
  readonly argv: string[] | null;
  readonly skills: TaskSkill[] | null;
  readonly modelRequested: string | null;
  readonly modelUsed: string | null;
  readonly result: string | null;
  readonly rawFailureReason: string | null;
  readonly error: string | null;
  readonly watchdog: FiredWatchdog | null;
  readonly toolOpen: boolean;
  readonly activity: string | null;
  readonly progressAt: Date | null;
  /** int8 */
  readonly linesAdded: string;
  readonly linesDeleted: string;
  readonly filesChanged: string;
  readonly initiatorName: string | null;
  readonly originatorName: string | null;
  readonly accountableName: string | null;
  readonly usage: TaskUsage | null;
};

/** Sums over the task's ledger rows; counts as decimal strings. */
export type TaskUsage = {
  readonly events: string;
  readonly input: string;
  readonly cacheRead: string;
  readonly cacheWrite5m: string;
  readonly cacheWrite1h: string;
  readonly output: string;
  readonly reasoning: string;
  readonly unpricedTokens: string;
  /** Null while nothing is priced. */
  readonly costPico: string | null;
};

export type TaskViewFacts = {
  readonly waiting: WaitingReason | null;
  readonly stalledSince: string | null;
};

/** A task as the API shows it to those who may see all of it. */
export function toTask(row: TaskViewRow, facts: TaskViewFacts): Task {
  const usage = toUsage(row.usage);
  const failure = row.failureReason === null ? null : fileFailure(row.failureReason);
  return {
    id: row.id,
    issueId: row.issueId,
    issueKey: row.issueKey,
    issueTitle: row.issueTitle,
    agentId: row.agentId,
    agentName: row.agentName,
    isPrivate: false,
    kind: row.kind,
    status: row.status,
    outcome: row.outcome,
    priority: row.priority,
    triggerCommentId: row.triggerCommentId,
    triggerSummary: row.triggerSummary,
    handoffNote: row.handoffNote,
    attempt: row.attempt,
    maxAttempts: row.maxAttempts,
    retryOf: row.retryOf,
    rerunOf: row.rerunOf,
    delegatedBy: row.delegatedBy,
    fireAt: instant(row.fireAt),
    queuedAt: row.queuedAt.toISOString(),
    dispatchedAt: instant(row.dispatchedAt),
    startedAt: instant(row.startedAt),
    endedAt: instant(row.endedAt),
    runtimeId: row.runtimeId,
    runtimeName: row.runtimeName,
    lease: row.lease,
    sessionId: row.sessionId,
    workDirectory: row.displayDirectory,
    branch: row.branch,
    modelRequested: row.modelRequested,
    modelUsed: row.modelUsed,
    argv: row.argv,
    skills: row.skills,
    result: row.result,
    failureReason: failure?.reason ?? null,
    rawFailureReason: row.rawFailureReason ?? failure?.raw ?? null,
    error: row.error,
    watchdog: row.watchdog,
    remedy: failure && failureRemedies[failure.reason].en,
    hop: row.hop,
    initiator: initiatorOf(row),
    originator: person(row.originatorId, row.originatorName),
    accountable: person(row.accountableId, row.accountableName),
    activity: row.status === "running" ? row.activity : null,
    waiting: facts.waiting,
    stalledSince: facts.stalledSince,
    toolOpen: row.status === "running" && row.toolOpen,
    costUsd: usage.costUsd,
    usage,
    changes: {
      linesAdded: Number(row.linesAdded),
      linesDeleted: Number(row.linesDeleted),
      filesChanged: Number(row.filesChanged),
    },
  };
}

/**
 * A task as somebody sees it who may see the runs of these agents. Of other agents' runs people see
 * that they exist and what they cost; an agent that asked for a run is not named to those to whom
 * its own are closed.
 */
export function seenBy(task: Task, openAgents: ReadonlySet<string>): Task {
  const { agentId, initiator } = task;
  const isNamed = initiator.type !== "agent" || openAgents.has(initiator.id ?? "");
  const named = isNamed ? task : { ...task, initiator: { ...initiator, name: privateAgentName } };
  return openAgents.has(agentId) ? named : withoutTexts(named);
}

function withoutTexts(task: Task): Task {
  return {
    ...task,
    agentName: privateAgentName,
    isPrivate: true,
    triggerSummary: "",
    handoffNote: "",
    runtimeId: null,
    runtimeName: null,
    sessionId: null,
    workDirectory: null,
    branch: null,
    modelRequested: null,
    modelUsed: null,
    argv: null,
    skills: null,
    result: null,
    rawFailureReason: null,
    error: null,
    watchdog: null,
    remedy: null,
    activity: null,
    waiting: null,
    stalledSince: null,
    toolOpen: false,
  };
}

const instant = (date: Date | null): string | null => date?.toISOString() ?? null;

function initiatorOf(row: TaskViewRow): ActorRef {
  const fallback = row.initiatorType === "system" ? "Headcount" : "";
  return { type: row.initiatorType, id: row.initiatorId, name: row.initiatorName ?? fallback };
}

function person(id: string | null, name: string | null): ActorRef | null {
  return id === null ? null : { type: "member", id, name: name ?? "" };
}

function toUsage(usage: TaskUsage | null): Task["usage"] {
  const costPico = usage?.costPico ?? null;
  const counts = mapTokens((member) => BigInt(usage?.[member] ?? 0));
  return {
    tokens: {
      input: toTokenCount(counts.input),
      cacheRead: toTokenCount(counts.cacheRead),
      cacheWrite5m: toTokenCount(counts.cacheWrite5m),
      cacheWrite1h: toTokenCount(counts.cacheWrite1h),
      output: toTokenCount(counts.output),
      reasoning: toTokenCount(counts.reasoning),
      total: toTokenCount(totalTokens(counts)),
    },
    events: Number(usage?.events ?? 0),
    costUsd: costPico === null ? null : formatUsd(BigInt(costPico)),
    unpricedTokens: toTokenCount(BigInt(usage?.unpricedTokens ?? 0)),
  };
}
