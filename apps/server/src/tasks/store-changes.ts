import type { LineChanges } from "@headcount/contract/tasks/line-changes";
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
};

/**
 * Takes over the totals of a run, which may fall as well as grow. A record that comes again, or
 * after a newer one, changes nothing. The books count lines when a task ends, so those that are
 * told about later move what is booked by the difference.
 */
export async function storeChanges(
  ctx: WorkspaceContext,
  row: TaskRow,
  { lease, sequence, totals }: ReportedChanges,
): Promise<"stored" | "duplicate" | "late"> {
  const isOwn = ctx.actor.kind === "daemon" && ctx.actor.daemonId === row.daemonId;
  if (row.lease !== lease || !isOwn) return "late";
  if (sequence <= row.changesSequence) return "duplicate";
  await updateTask(ctx, row, { ...totals, changesSequence: sequence });
  if (row.endedAt !== null) await bookTask(ctx, row.id);
  emitTask(ctx, "task.progress", row, ["changes"]);
  return "stored";
}
