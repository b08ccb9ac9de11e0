import { settleBudget } from "@headcount/domain/budgets/settle-budget";
import type { WorkspaceContext } from "../platform/context.ts";
import type { Job } from "../platform/jobs.ts";
import { coversTask, holdsWork } from "./covers.ts";
import { lockBudgets } from "./lock-budgets.ts";
import { readLiveBudgets } from "./read-budgets.ts";
import { type BudgetStanding, readStandings } from "./read-standings.ts";
import { settleBudgets } from "./settle-budgets.ts";
import { forgetOldQuarters } from "./store.ts";

/** Quarters of an hour that no rolling window can hold any more. */
const keptMs = 2 * 24 * 60 * 60_000;

/**
 * Does what time alone brings about: windows that end let held work go, hours of running tasks add
 * up, and runs that came into the scope of a used-up budget end. That held work may start again
 * needs no job: claims compare the end of the window with the clock.
 */
export const sweepBudgets: Job = {
  name: "budgets.sweep",
  everySeconds: 10,
  scope: "workspace",
  run: async (ctx) => {
    const budgets = await readLiveBudgets(ctx);
    if (budgets.length === 0) return;
    const standings = await readStandings(ctx, budgets);
    const isDue = standings.some((standing) => isOverdue(ctx, standing)) || (await runsOn(ctx));
    if (!isDue) return;
    await lockBudgets(ctx);
    await settleBudgets(ctx, await readLiveBudgets(ctx), "reset");
    await forgetOldQuarters(ctx, new Date(ctx.now.getTime() - keptMs));
  },
};

function isOverdue({ now }: WorkspaceContext, standing: BudgetStanding): boolean {
  const { exhaustion, newThresholds } = settleBudget(standing, now.getTime());
  return exhaustion === "begins" || exhaustion === "ends" || newThresholds.length > 0;
}

/** Whether something runs that a used-up budget covers and that nobody has been asked to end. */
async function runsOn(ctx: WorkspaceContext): Promise<boolean> {
  const [found] = await ctx.sql`
    select 1 from budgets b
    join tasks t on t.workspace_id = b.workspace_id and ${coversTask(ctx)}
      and t.status in ('dispatched', 'waiting_directory', 'running') and not t.lease_revoked
    where b.workspace_id = ${ctx.workspaceId} and ${holdsWork(ctx)} and b.action = 'stop'
      and not exists (select 1 from task_stops s
        where s.workspace_id = t.workspace_id and s.task_id = t.id and s.lease = t.lease)
    limit 1`;
  return found !== undefined;
}
