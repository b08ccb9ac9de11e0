import type { WorkspaceContext } from "../../platform/context.ts";

type Ctx = Pick<WorkspaceContext, "sql">;

/**
 * Makes sure that the ledger has a partition for each of some months, `YYYY-MM-01`. The months
 * ahead are made by a job, so this finds all of them but in an import of old sessions.
 */
export async function ensureMonths({ sql }: Ctx, months: ReadonlySet<string>): Promise<void> {
  await sql`select usage_ensure_month(month) from unnest(${[...months].toSorted()}::date[]) as month`;
}
