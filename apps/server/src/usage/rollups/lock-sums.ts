import type { WorkspaceContext } from "../../platform/context.ts";

type Ctx = Pick<WorkspaceContext, "sql" | "workspaceId">;

/** Any number works, as long as nobody else uses it in this database. */
const lockSpace = 7_230_016;

/**
 * Makes this transaction the only one that moves sums of the workspace: folding, moving meters,
 * repairing. Bookings only append to the tail and never wait for it. Take it after the rows of
 * issues and tasks, and before those of meters and sums.
 */
export async function lockSums({ sql, workspaceId }: Ctx): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${workspaceId}::text, ${lockSpace}))`;
}

/** The same without waiting. @returns whether the lock was free */
export async function tryLockSums({ sql, workspaceId }: Ctx): Promise<boolean> {
  const [row] = await sql<{ locked: boolean }[]>`
    select pg_try_advisory_xact_lock(hashtextextended(${workspaceId}::text, ${lockSpace})) as locked`;
  return row?.locked ?? false;
}
