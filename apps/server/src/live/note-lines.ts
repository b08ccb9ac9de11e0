import type { TaskId } from "@headcount/contract/kit/ids";
import type { LineChanges } from "@headcount/contract/tasks/line-changes";
import type { WorkspaceContext } from "../platform/context.ts";
import { insertLineStep } from "./store.ts";

type Ctx = Pick<WorkspaceContext, "sql" | "workspaceId" | "newId">;

/**
 * Keeps by how much the work directory of a task has changed, at the moment at which it was measured.
 * Called before the task takes the new totals over, by whoever has locked it.
 */
export async function noteLines(
  ctx: Ctx,
  taskId: TaskId,
  measured: { readonly totals: LineChanges; readonly at: Date },
): Promise<void> {
  const [before] = await ctx.sql<{ linesAdded: string; linesDeleted: string }[]>`
    select lines_added, lines_deleted from tasks
    where workspace_id = ${ctx.workspaceId} and id = ${taskId}`;
  const linesAdded = measured.totals.linesAdded - Number(before?.linesAdded ?? 0);
  const linesDeleted = measured.totals.linesDeleted - Number(before?.linesDeleted ?? 0);
  if (linesAdded === 0 && linesDeleted === 0) return;
  await insertLineStep(ctx, { id: ctx.newId(), at: measured.at, linesAdded, linesDeleted });
}
