import type { DaemonId, TaskId } from "@headcount/contract/kit/ids";
import { sanitizeJson } from "@headcount/contract/kit/values";
import type { Decision } from "@headcount/domain/kit/decision";
import type { WorkspaceContext } from "../../platform/context.ts";
import type { BookableUsage } from "./apply-record.ts";
import { type BookingResult, bookEvents, type CheckedRecord } from "./book-events.ts";
import { checkRecord, placeOfRecord, type ReportedUsage } from "./check-record.ts";
import { lockBookedTasks, type Reporters } from "./lock-booked-tasks.ts";

/**
 * Books what runs have used: the ledger and every sum over it, exact when the transaction commits.
 * Each record is answered for itself and in order; a bad one is kept in quarantine and harms no
 * other. Repeating, reordering or overlapping deliveries end in the same ledger. Takes a fixed
 * number of statements however many records there are.
 *
 * Locks issues, tasks and then meters. Call it before anything that locks those in another order.
 */
export async function bookUsage(
  ctx: WorkspaceContext,
  records: readonly ReportedUsage[],
): Promise<BookingResult[]> {
  if (records.length === 0) return [];
  const scope = { ...(await lockBookedTasks(ctx, reportersOf(records))), now: ctx.now };
  const strangers = await readStrangers(
    ctx,
    records.filter((record) => !scope.tasks.has(record.taskId)),
  );
  return bookEvents(
    ctx,
    records.map((record): CheckedRecord => {
      const task = scope.tasks.get(record.taskId);
      const place = task ? placeOfRecord(record, task) : null;
      const checked: Decision<BookableUsage> = checkRecord(record, place, scope);
      return {
        checked,
        place,
        taskId: record.taskId,
        toKeep: () => (isOf(strangers, record) ? null : sanitizeJson(record)),
      };
    }),
  );
}

/**
 * Machines among these that have nothing in this workspace: anybody's machine can name any
 * workspace, and none may fill another one's quarantine.
 */
async function readStrangers(
  ctx: WorkspaceContext,
  ofUnknownTasks: readonly ReportedUsage[],
): Promise<ReadonlySet<DaemonId>> {
  const machines = new Set(ofUnknownTasks.flatMap(({ reportedBy }) => reportedBy ?? []));
  if (machines.size === 0) return machines;
  const known = await ctx.sql<{ daemonId: DaemonId }[]>`
    select distinct daemon_id from runtimes
    where workspace_id = ${ctx.workspaceId} and daemon_id = any(${[...machines]}::uuid[])`;
  for (const { daemonId } of known) machines.delete(daemonId);
  return machines;
}

function isOf(strangers: ReadonlySet<DaemonId>, { reportedBy }: ReportedUsage): boolean {
  return reportedBy !== null && strangers.has(reportedBy);
}

function reportersOf(records: readonly ReportedUsage[]): Reporters {
  const reporters = new Map<TaskId, Set<DaemonId>>();
  for (const { taskId, reportedBy } of records) {
    const known = reporters.get(taskId) ?? new Set();
    if (reportedBy !== null) known.add(reportedBy);
    reporters.set(taskId, known);
  }
  return reporters;
}
