import type { ClaimedTask } from "@headcount/contract/daemon/schemas";
import type { CommentId, TaskId, WorkspaceId } from "@headcount/contract/kit/ids";
import { continuityNotice } from "@headcount/domain/briefs/continuity-notice";
import { fitComments } from "@headcount/domain/briefs/fit-comments";
import { type PromptComment, renderTurnPrompt } from "@headcount/domain/briefs/render-turn-prompt";
import { type ResumeVerdict, resumeVerdict, type SessionUse } from "@headcount/domain/tasks/resume";
import type { WorkspaceContext } from "../platform/context.ts";
import type { Candidate } from "./candidate.ts";
import { openMcpServers } from "../agents/mcp-servers.ts";
import { payloadBrief } from "./payload-brief.ts";
import type { EarlierRun, PayloadFacts, PayloadSubject } from "./read-payload-facts.ts";
import type { TaskRow } from "./task-row.ts";

export type BuiltPayload = {
  readonly task: ClaimedTask;
  readonly runtimeName: string;
  readonly deliveredCommentIds: readonly CommentId[];
};

/**
 * Everything that a machine needs for one run.
 * @throws when a fact is missing or a secret cannot be read
 */
export function buildPayload(
  ctx: WorkspaceContext,
  { row, state }: Candidate,
  facts: PayloadFacts,
): BuiltPayload {
  const subject = facts.subjects.get(row.id);
  if (!subject) throw new Error("The task's runtime, agent or issue is gone");
  const earlier = facts.history.filter(
    (run) => run.issueId === row.issueId && run.agentId === row.agentId,
  );
  const verdict = resumeVerdict(
    earlier.flatMap(toSessionUse),
    subject.runtimeId,
    row.freshSession ? "fresh" : "session",
  );
  const comments = pickComments(row, facts);
  return {
    runtimeName: subject.runtimeName,
    deliveredCommentIds: comments.delivered,
    task: {
      workspaceId: ctx.workspaceId,
      workspaceSlug: subject.workspaceSlug,
      taskId: row.id,
      lease: state.lease,
      attempt: row.attempt,
      token: taskToken(ctx, row.id, state.lease),
      runtimeId: subject.runtimeId,
      cli: subject.cli,
      agent: agentOf(ctx, subject, facts),
      issue: { id: subject.issueId, key: subject.issueKey, title: subject.issueTitle },
      repositories: (subject.projectRepositories ?? []).map(({ url, ref }) => ({ url, ref })),
      directory: subject.directory,
      skills: [...facts.skillsOf(subject.agentId)],
      brief: payloadBrief(subject),
      turnPrompt: turnPrompt(row, subject, comments, verdict),
      continuityNotice: continuityNotice(verdict, subject.issueKey),
      resume: resumeOffer(verdict),
      reuseWorkDirectory: reusableDirectory(verdict, earlier, subject),
    },
  };
}

function turnPrompt(
  row: TaskRow,
  subject: PayloadSubject,
  { trigger, planned }: PickedComments,
  verdict: ResumeVerdict,
): string {
  return renderTurnPrompt({
    kind: row.kind,
    issue: { key: subject.issueKey, title: subject.issueTitle },
    initiator: { type: row.initiatorType, name: subject.initiatorName ?? "Headcount" },
    handoffNote: row.handoffNote,
    trigger,
    planned,
    retry: subject.retriedReason && { attempt: row.attempt, failedWith: subject.retriedReason },
    resumed: verdict.kind === "resume",
  });
}

function agentOf(
  ctx: WorkspaceContext,
  subject: PayloadSubject,
  facts: PayloadFacts,
): ClaimedTask["agent"] {
  const sealed = facts.environment.get(subject.agentId) ?? [];
  const { secrets } = ctx.services;
  return {
    id: subject.agentId,
    name: subject.agentName,
    model: subject.model,
    effort: subject.effort,
    arguments: [...subject.arguments],
    environment: Object.fromEntries(
      sealed.map((entry) => [entry.name, secrets.decrypt(entry.sealed)]),
    ),
    mcpServers: openMcpServers(ctx, subject.mcpServersEncrypted),
    wallClockMinutes: subject.wallClockMinutes,
  };
}

/** The same for every repeat of one lease, so that an answer that is sent again is the same answer. */
function taskToken(
  ctx: { workspaceId: WorkspaceId } & Pick<WorkspaceContext, "services">,
  taskId: TaskId,
  lease: number,
): string {
  const secret = ctx.services.secrets.hash(`task-token:${ctx.workspaceId}:${taskId}:${lease}`);
  return `hct_${ctx.workspaceId}_${secret.toString("base64url")}`;
}

function toSessionUse(run: EarlierRun): SessionUse[] {
  return run.runtimeId === null ? [] : [{ ...run, runtimeId: run.runtimeId }];
}

function resumeOffer(verdict: ResumeVerdict): ClaimedTask["resume"] {
  if (verdict.kind !== "resume") return null;
  return { sessionId: verdict.sessionId, workDirectory: verdict.workDirectory };
}

/** A run that cannot go on with its session still goes on with its files. */
function reusableDirectory(
  verdict: ResumeVerdict,
  earlier: readonly EarlierRun[],
  subject: PayloadSubject,
): string | null {
  if (verdict.kind === "resume") return verdict.workDirectory;
  const onThisMachine = earlier.find(
    (run) => run.workDirectory !== null && run.runtimeId === subject.runtimeId,
  );
  return onThisMachine?.workDirectory ?? null;
}

type PickedComments = {
  readonly trigger: PromptComment | null;
  readonly planned: readonly PromptComment[];
  readonly delivered: readonly CommentId[];
};

function pickComments(row: TaskRow, facts: PayloadFacts): PickedComments {
  const known = (id: CommentId) => facts.comments.get(id) ?? null;
  const trigger = row.triggerCommentId === null ? null : known(row.triggerCommentId);
  const all = row.plannedCommentIds.map(known).filter((comment) => comment !== null);
  const { delivered } = fitComments(trigger, all);
  const planned = trigger === null ? delivered : delivered.slice(1);
  return { trigger, planned, delivered: delivered.map((comment) => comment.id as CommentId) };
}
