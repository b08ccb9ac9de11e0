import { open, rm } from "node:fs/promises";
import type postgres from "postgres";
import { AppError } from "../../platform/app-error.ts";
import type { Transaction } from "../../platform/database.ts";
import { removeMonth } from "./store.ts";

export type ArchivedMonth = {
  readonly month: string;
  readonly events: number;
  readonly file: string;
};

export type ArchiveRequest = {
  /** `YYYY-MM` */
  readonly month: string;
  /** Must not exist yet. */
  readonly file: string;
  readonly at: Date;
};

/** Longer than this nobody shall wait for the ledger while a partition leaves it. */
const lockTimeout = "5s";
const monthPattern = /^\d{4}-(0[1-9]|1[0-2])$/;

/**
 * Moves the events of a month, of all workspaces, into a CSV file: written and counted first, then
 * taken out of the ledger, in one transaction. Nothing can be booked into the month afterwards.
 * @param owner connection of the database's owner
 * @throws AppError when the month is not over, some of its tasks still run, or it is not there
 */
export async function archiveMonth(
  owner: postgres.Sql,
  { month, file, at }: ArchiveRequest,
): Promise<ArchivedMonth> {
  const firstDay = `${month}-01`;
  if (!monthPattern.test(month) || firstDay >= firstDayBefore(at)) {
    throw refused("Only a month that ended at least a month ago can be archived.", "month_recent");
  }
  const partition = `usage_events_${month.replace("-", "_")}`;
  const events = await owner.begin(async (tx) => {
    await tx.unsafe(`set local lock_timeout = '${lockTimeout}'`);
    await requirePartition(tx, partition);
    await requireEnded(tx, firstDay);
    await tx`lock table ${tx(partition)} in share mode`;
    const [row] = await tx<
      { count: number }[]
    >`select count(*)::int as count from ${tx(partition)}`;
    const written = await writeRows(tx, partition, file);
    if (written !== row?.count) throw new Error(`Wrote ${written} of ${row?.count ?? 0} events`);
    await removeMonth(tx, { month: firstDay, partition, at });
    return written;
  });
  return { month, events, file };
}

/** First day of the month before this one. */
function firstDayBefore(at: Date): string {
  return new Date(Date.UTC(at.getUTCFullYear(), at.getUTCMonth() - 1, 1))
    .toISOString()
    .slice(0, 10);
}

async function requirePartition(tx: Transaction, partition: string): Promise<void> {
  const [row] = await tx`
    select 1 from pg_inherits
    where inhparent = 'usage_events'::regclass and inhrelid = to_regclass(${partition})`;
  if (!row) throw refused("The ledger has no events of this month.", "month_unknown");
}

/** A task that still runs goes on reporting into the month in which it was queued. */
async function requireEnded(tx: Transaction, firstDay: string): Promise<void> {
  const [row] = await tx<{ count: number }[]>`
    select count(*)::int as count from tasks
    where ended_at is null and queued_at >= ${firstDay}::date
      and queued_at < ${firstDay}::date + interval '1 month'`;
  const count = row?.count ?? 0;
  if (count > 0) throw refused(`${count} tasks of this month have not ended.`, "month_in_use");
}

/** @returns how many rows were written; every row is a line, because JSON escapes line breaks */
async function writeRows(tx: Transaction, partition: string, file: string): Promise<number> {
  const output = await open(file, "wx");
  let lines = 0;
  let isWhole = false;
  try {
    const rows = await tx`copy ${tx(partition)} to stdout with (format csv, header)`.readable();
    for await (const chunk of rows) {
      const bytes = chunk as Buffer;
      for (const byte of bytes) if (byte === 0x0a) lines += 1;
      await output.writeFile(bytes);
    }
    await output.sync();
    isWhole = true;
  } finally {
    await output.close();
    if (!isWhole) await rm(file, { force: true });
  }
  return lines - 1;
}

function refused(message: string, reason: string): AppError {
  return new AppError("conflict", message, { reason: `usage.${reason}` });
}
