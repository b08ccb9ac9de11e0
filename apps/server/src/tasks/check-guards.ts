import type { IssueId, UserId } from "@headcount/contract/kit/ids";
import type { WorkspaceSettings } from "@headcount/contract/workspaces/schemas";
import type { Attribution } from "@headcount/domain/tasks/attribution";
import {
  checkLoopGuards,
  type GuardVerdict,
  guardWindowMs,
} from "@headcount/domain/tasks/loop-guards";
import type { WorkspaceContext } from "../platform/context.ts";

export type GuardedWork = {
  readonly issueId: IssueId | null;
  readonly attribution: Attribution;
  readonly humanTriggered: boolean;
};

/**
 * Asks the loop guards about one more task. Work of agents for one person is counted one
 * transaction after the other, so that several servers cannot pass a limit together.
 */
export async function checkGuards(
  ctx: WorkspaceContext,
  work: GuardedWork,
  settings: WorkspaceSettings,
  mode: "preview" | "write",
): Promise<GuardVerdict> {
  if (work.humanTriggered) return { ok: true };
  const { originatorId, hop } = work.attribution;
  if (mode === "write") await serialise(ctx, originatorId);
  const since = new Date(ctx.now.getTime() - guardWindowMs);
  const [counts] = await ctx.sql<{ ofIssue: number; ofOriginator: number }[]>`
    select
      (select count(*)::int from tasks where workspace_id = ${ctx.workspaceId}
        and issue_id = ${work.issueId} and queued_at > ${since}) as of_issue,
      (select count(*)::int from tasks where workspace_id = ${ctx.workspaceId}
        and originator_id = ${originatorId} and queued_at > ${since}
        and initiator_type = 'agent') as of_originator`;
  return checkLoopGuards(
    {
      humanTriggered: false,
      hop,
      issueTasksLastHour: counts?.ofIssue ?? 0,
      originatorAgentTasksLastHour: counts?.ofOriginator ?? 0,
    },
    settings,
  );
}

async function serialise(ctx: WorkspaceContext, originatorId: UserId | null): Promise<void> {
  const key = `guard:${ctx.workspaceId}:${originatorId ?? ""}`;
  await ctx.sql`select pg_advisory_xact_lock(hashtextextended(${key}, 0))`;
}
