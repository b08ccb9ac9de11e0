import type { TaskId } from "@headcount/contract/kit/ids";
import type { WorkspaceContext } from "../../platform/context.ts";
import type { TaskFacts } from "./task-facts.ts";

type BigIntsAsText<T> = { [K in keyof T]: bigint extends T[K] ? string : T[K] };

/** What is kept of a task; null when nothing is yet. */
export async function readTaskFacts(
  ctx: Pick<WorkspaceContext, "sql" | "workspaceId">,
  taskId: TaskId,
): Promise<TaskFacts | null> {
  const [row] = await ctx.sql<BigIntsAsText<TaskFacts>[]>`
    select meter_id, started_at, ended_at, outcome, run_ms, queue_ms, waiting_ms, lines_added,
      lines_deleted, files_changed
    from usage_tasks where workspace_id = ${ctx.workspaceId} and task_id = ${taskId}`;
  if (!row) return null;
  return {
    ...row,
    runMs: BigInt(row.runMs),
    queueMs: BigInt(row.queueMs),
    waitingMs: BigInt(row.waitingMs),
    linesAdded: BigInt(row.linesAdded),
    linesDeleted: BigInt(row.linesDeleted),
    filesChanged: BigInt(row.filesChanged),
  };
}
