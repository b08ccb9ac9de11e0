import type { TaskId } from "@headcount/contract/kit/ids";
import type { WorkspaceContext } from "../../platform/context.ts";
import type { TaskFacts } from "./task-facts.ts";

/** Keeps what a task counts as from now on. */
export async function upsertTaskFacts(
  ctx: Pick<WorkspaceContext, "sql" | "workspaceId">,
  taskId: TaskId,
  facts: TaskFacts,
): Promise<void> {
  await ctx.sql`
    insert into usage_tasks (workspace_id, task_id, meter_id, started_at, ended_at, outcome, run_ms,
      queue_ms, waiting_ms, lines_added, lines_deleted, files_changed)
    values (${ctx.workspaceId}, ${taskId}, ${facts.meterId}, ${facts.startedAt}, ${facts.endedAt},
      ${facts.outcome}, ${facts.runMs.toString()}, ${facts.queueMs.toString()},
      ${facts.waitingMs.toString()}, ${facts.linesAdded.toString()},
      ${facts.linesDeleted.toString()}, ${facts.filesChanged.toString()})
    on conflict (workspace_id, task_id) do update set meter_id = excluded.meter_id,
      started_at = excluded.started_at, ended_at = excluded.ended_at, outcome = excluded.outcome,
      run_ms = excluded.run_ms, queue_ms = excluded.queue_ms, waiting_ms = excluded.waiting_ms,
      lines_added = excluded.lines_added, lines_deleted = excluded.lines_deleted,
      files_changed = excluded.files_changed`;
}
