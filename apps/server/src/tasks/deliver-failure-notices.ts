import type { AgentId, IssueId, TaskId, UserId } from "@headcount/contract/kit/ids";
import type { FailureReason } from "@headcount/contract/tasks/states";
import { privateAgentName } from "../agents/read-closed-agents.ts";
import type { WorkspaceContext } from "../platform/context.ts";
import type { Job } from "../platform/jobs.ts";
import { behindSavepoint } from "./behind-savepoint.ts";
import { countFailureNoticeTry, deleteFailureNotice } from "./store-failure-notices.ts";
import { failureNotice, wakeDelegator, writeFailureComment } from "./tell-about-failure.ts";

const mostPerRun = 100;
const mostTries = 3;

type Notice = {
  readonly id: TaskId;
  readonly tries: number;
  readonly agentId: AgentId;
  readonly agentName: string;
  readonly failureReason: FailureReason;
  readonly issueKey: string;
  readonly originatorId: UserId | null;
  readonly accountableId: UserId | null;
  readonly hop: number;
  /** Who asked for the run, and where. */
  readonly delegatorId: AgentId;
  readonly delegatorIssueId: IssueId;
};

/**
 * Tells agents that runs which they asked for have failed, where that could not be said in the
 * transaction of the failure. A notice outlives every crash and is given up after three tries.
 */
export const deliverFailureNotices: Job = {
  name: "tasks.tell-delegators",
  everySeconds: 30,
  scope: "workspace",
  run: async (ctx) => {
    const notices = await readNotices(ctx);
    if (notices.length === 0) return;
    const openIssues = await lockIssues(ctx, notices);
    for (const notice of notices) {
      if (openIssues.has(notice.delegatorIssueId)) await deliver(ctx, notice);
      else await deleteFailureNotice(ctx, notice.id);
    }
  },
};

async function deliver(ctx: WorkspaceContext, notice: Notice): Promise<void> {
  const error = await behindSavepoint(ctx, (inner) => tell(inner, notice));
  if (error === null) return deleteFailureNotice(ctx, notice.id);
  const isLast = notice.tries + 1 >= mostTries;
  ctx.services.log.error({ err: error, taskId: notice.id, isLast }, "could not tell a delegator");
  await (isLast ? deleteFailureNotice : countFailureNoticeTry)(ctx, notice.id);
}

/** On the issue of the run that asked, which is where its agent goes on. */
async function tell(ctx: WorkspaceContext, notice: Notice): Promise<void> {
  const { issueKey, agentName, failureReason } = notice;
  const body = failureNotice(`${agentName} did not finish ${issueKey}`, failureReason);
  const run = { ...notice, issueId: notice.delegatorIssueId };
  const id = await writeFailureComment(ctx, run, body);
  await wakeDelegator(ctx, run, notice.delegatorId, { id, body });
}

function readNotices(ctx: WorkspaceContext): Promise<Notice[]> {
  return ctx.sql<Notice[]>`
    select t.id, n.tries, t.agent_id, t.failure_reason, t.originator_id, t.accountable_id, t.hop,
      case when a.access = 'workspace' then a.name else ${privateAgentName} end as agent_name,
      w.issue_prefix || '-' || i.number as issue_key,
      delegating.agent_id as delegator_id, delegating.issue_id as delegator_issue_id
    from failure_notices n
    join tasks t on t.workspace_id = n.workspace_id and t.id = n.task_id
    join tasks delegating on delegating.workspace_id = t.workspace_id
      and delegating.id = t.delegated_by
    join agents a on a.workspace_id = t.workspace_id and a.id = t.agent_id
    join issues i on i.workspace_id = t.workspace_id and i.id = t.issue_id
    join workspaces w on w.workspace_id = t.workspace_id
    where n.workspace_id = ${ctx.workspaceId}
    order by n.created_at, n.task_id limit ${mostPerRun} for update of n skip locked`;
}

/** All of them before anything else, in the order in which everybody locks. */
async function lockIssues(
  ctx: WorkspaceContext,
  notices: readonly Notice[],
): Promise<ReadonlySet<IssueId>> {
  const [workspace] = await ctx.sql`
    select 1 from workspaces
    where workspace_id = ${ctx.workspaceId} and deleted_at is null for share`;
  if (!workspace) return new Set();
  const ids = [...new Set(notices.map((notice) => notice.delegatorIssueId))];
  const rows = await ctx.sql<{ id: IssueId }[]>`
    select id from issues
    where workspace_id = ${ctx.workspaceId} and id = any(${ids}::uuid[]) and deleted_at is null
    order by id for update`;
  return new Set(rows.map((row) => row.id));
}
