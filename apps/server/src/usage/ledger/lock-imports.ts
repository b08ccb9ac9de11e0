import type { WorkspaceContext } from "../../platform/context.ts";

/** Any number works, as long as nobody else uses it in this database. */
const lockSpace = 7_230_017;

/**
 * Makes this transaction the only one that changes usage of sessions that Headcount did not start.
 * Take it after the rows of issues and tasks.
 */
export async function lockImports({
  sql,
  workspaceId,
}: Pick<WorkspaceContext, "sql" | "workspaceId">): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${workspaceId}::text, ${lockSpace}))`;
}
