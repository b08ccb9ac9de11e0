import type { LineChanges } from "@headcount/contract/tasks/line-changes";
import { noteLines } from "../live/note-lines.ts";
import type { WorkspaceContext } from "../platform/context.ts";
import { bookTask } from "../usage/ledger/book-task.ts";
import { emitTask } from "./emit-task.ts";
import { updateTask } from "./store-tasks.ts";
import type { TaskRow } from "./task-row.ts";

/** What a run says that it has changed so far, and under which lease and number it says so. */
export type ReportedChanges = {
  readonly lease: number;
  readonly sequence: number;
  readonly totals: LineChanges;
  /** How long ago they were measured. */
  readonly ageMs: number;
};

/**
 * Takes over the totals of a run, which may fall as well as grow. A record that comes again, or
 * after a newer one, changes nothing. The books move by the difference: while the task runs the
 * lines count when they were measured, afterwards when it ended. The caller has locked the issue
 * before the task.
 */
export async function storeChanges(
  ctx: WorkspaceContext,
  row: TaskRow,
  { lease, sequence, totals, ageMs }: ReportedChanges,
): Promise<"stored" | "duplicate" | "late"> {
  const isOwn = ctx.actor.kind === "daemon" && ctx.actor.daemonId === row.daemonId;
  if (row.lease !== lease || !isOwn) return "late";
  if (sequence <= row.changesSequence) return "duplicate";
  const at = new Date(ctx.now.getTime() - ageMs);
  await noteLines(ctx, row.id, { totals, at });
  await updateTask(ctx, row, { ...totals, changesSequence: sequence });
  await bookTask(ctx, row.id, at);
  emitTask(ctx, "task.progress", row, ["changes"]);
  return "stored";
}
