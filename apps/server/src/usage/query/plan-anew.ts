import type { WorkspaceContext } from "../../platform/context.ts";

/**
 * A plan for any pivot and range expects a handful of rows and looks up each one's series; that for
 * the ones asked for takes a millisecond to make, and half the time or less to run.
 */
export async function planAnew({ sql }: Pick<WorkspaceContext, "sql">): Promise<void> {
  await sql`set local plan_cache_mode = force_custom_plan`;
}

/**
 * The same for one statement, and nothing else of a transaction in which many others profit from
 * the plans that are kept. Statements of a connection run in the order in which they are begun.
 */
export async function plannedAnew<T>(
  ctx: Pick<WorkspaceContext, "sql">,
  run: () => Promise<T>,
): Promise<T> {
  const [, result] = await Promise.all([
    planAnew(ctx),
    run(),
    ctx.sql`set local plan_cache_mode = auto`,
  ]);
  return result;
}
