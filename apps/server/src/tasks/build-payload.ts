import type { ClaimedTask } from "@headcount/contract/daemon/schemas";
import type { CommentId, TaskId, WorkspaceId } from "@headcount/contract/kit/ids";
import { continuityNotice } from "@headcount/domain/briefs/continuity-notice";
import { fitComments } from "@headcount/domain/briefs/fit-comments";
import { type BriefInput, renderBrief } from "@headcount/domain/briefs/render-brief";
import { type PromptComment, renderTurnPrompt } from "@headcount/domain/briefs/render-turn-prompt";
import { type ResumeVerdict, resumeVerdict, type SessionUse } from "@headcount/domain/tasks/resume";
import type { WorkspaceContext } from "../platform/context.ts";
import type { Candidate } from "./candidate.ts";
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
  const { trigger, planned, delivered } = pickComments(row, facts);
  const repositories = repositoriesOf(subject);
  return {
    runtimeName: subject.runtimeName,
    deliveredCommentIds: delivered,
    task: {
      workspaceId: ctx.workspaceId,
      workspaceSlug: subject.workspaceSlug,
      taskId: row.id,
      lease: state.lease,
      attempt: row.attempt,
      token: taskToken(ctx, row.id, state.lease),
      runtimeId: subject.runtimeId,
      cli: subject.cli,
      agent: {
        id: subject.agentId,
        name: subject.agentName,
        model: subject.model,
        effort: subject.effort,
        arguments: [...subject.arguments],
        environment: openEnvironment(ctx, facts, row),
        wallClockMinutes: subject.wallClockMinutes,
      },
      issue: { id: subject.issueId, key: subject.issueKey, title: subject.issueTitle },
      repositories: repositories.map(({ url, ref }) => ({ url, ref })),
      brief: renderBrief(briefInput(subject, repositories)),
      turnPrompt: renderTurnPrompt({
        kind: row.kind,
        issue: { key: subject.issueKey, title: subject.issueTitle },
        initiator: { type: row.initiatorType, name: subject.initiatorName ?? "Headcount" },
        handoffNote: row.handoffNote,
        trigger,
        planned,
        retry: subject.retriedReason && {
          attempt: row.attempt,
          failedWith: subject.retriedReason,
        },
        resumed: verdict.kind === "resume",
      }),
      continuityNotice: continuityNotice(verdict, subject.issueKey),
      resume: resumeOffer(verdict),
      reuseWorkDirectory: reusableDirectory(verdict, earlier, subject),
    },
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
  if (run.sessionId === null || run.runtimeId === null) return [];
  return [{ ...run, sessionId: run.sessionId, runtimeId: run.runtimeId }];
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

function pickComments(
  row: TaskRow,
  facts: PayloadFacts,
): {
  trigger: PromptComment | null;
  planned: readonly PromptComment[];
  delivered: readonly CommentId[];
} {
  const known = (id: CommentId) => facts.comments.get(id) ?? null;
  const trigger = row.triggerCommentId === null ? null : known(row.triggerCommentId);
  const all = row.plannedCommentIds.map(known).filter((comment) => comment !== null);
  const { delivered } = fitComments(trigger, all);
  const planned = trigger === null ? delivered : delivered.slice(1);
  return { trigger, planned, delivered: delivered.map((comment) => comment.id as CommentId) };
}

type PayloadRepository = BriefInput["repositories"][number] & { readonly ref: string | null };

/** The project's own repositories come first; with none, work starts in an empty directory. */
function repositoriesOf(subject: PayloadSubject): readonly PayloadRepository[] {
  const descriptions = new Map(
    subject.workspaceRepositories.map(({ url, description }) => [url, description ?? ""]),
  );
  const ofProject = (subject.projectRepositories ?? []).map(({ url, ref }, index) => ({
    url,
    ref: ref ?? null,
    description: descriptions.get(url) ?? "",
    prepared: index === 0,
  }));
  const listed = new Set(ofProject.map((repository) => repository.url));
  const ofWorkspace = subject.workspaceRepositories
    .filter(({ url }) => !listed.has(url))
    .map(({ url, description }) => ({
      url,
      ref: null,
      description: description ?? "",
      prepared: false,
    }));
  return [...ofProject, ...ofWorkspace];
}

function briefInput(
  subject: PayloadSubject,
  repositories: readonly PayloadRepository[],
): BriefInput {
  return {
    agent: {
      name: subject.agentName,
      description: subject.agentDescription,
      instructions: subject.instructions,
    },
    workspace: { name: subject.workspaceName, context: subject.workspaceContext },
    issueKey: subject.issueKey,
    project:
      subject.projectTitle === null
        ? null
        : { title: subject.projectTitle, description: subject.projectDescription ?? "" },
    repositories,
  };
}

function openEnvironment(
  ctx: WorkspaceContext,
  facts: PayloadFacts,
  row: TaskRow,
): Record<string, string> {
  const sealed = facts.environment.get(row.agentId) ?? [];
  return Object.fromEntries(
    sealed.map((entry) => [entry.name, ctx.services.secrets.decrypt(entry.sealed)]),
  );
}
