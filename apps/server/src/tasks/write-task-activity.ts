import type { Activity } from "@headcount/contract/issues/schemas";
import { writeActivities } from "../issues/write-activity.ts";
import type { Actor, WorkspaceContext } from "../platform/context.ts";
import type { TaskRow } from "./task-row.ts";

/** What an agent's run does on an issue is done by the agent, for the person behind the run. */
export function asAgentOf(ctx: WorkspaceContext, row: TaskRow): WorkspaceContext {
  const actor: Actor = {
    kind: "agent",
    agentId: row.agentId,
    taskId: row.id,
    lease: row.lease,
    originatorId: row.originatorId,
    role: "member",
  };
  return { ...ctx, actor };
}

/** Notes a step of a run in the issue's timeline. */
export async function writeTaskActivity(
  ctx: WorkspaceContext,
  row: TaskRow,
  action: Extract<
    Activity["action"],
    "task_queued" | "task_started" | "task_completed" | "task_failed" | "task_cancelled"
  >,
  details: Activity["details"] = {},
): Promise<void> {
  await writeActivities(asAgentOf(ctx, row), row.issueId, [
    { action, details: { taskId: row.id, agentId: row.agentId, ...details } },
  ]);
}
