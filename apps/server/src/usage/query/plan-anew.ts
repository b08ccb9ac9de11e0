import type { WorkspaceContext } from "../../platform/context.ts";

/**
 * A plan for any pivot and range expects a handful of rows and looks up each one's series; that for
 * the ones asked for takes a millisecond to make, and half the time or less to run.
 */
export async function planAnew({ sql }: Pick<WorkspaceContext, "sql">): Promise<void> {
  await sql`set local plan_cache_mode = force_custom_plan`;
}
