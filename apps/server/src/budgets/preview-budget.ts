import { budgets } from "@headcount/contract/budgets/routes";
import { formatAmount } from "@headcount/domain/budgets/amounts";
import { windowAt, type WindowBounds, windowBefore } from "@headcount/domain/budgets/budget-window";
import { query } from "../platform/command.ts";
import type { WorkspaceContext } from "../platform/context.ts";
import { coversTask } from "./covers.ts";
import { findSubject } from "./find-subject.ts";
import { ledgerSpend, type Measured } from "./ledger-spend.ts";

/** What a budget would count today, read from the books as setting it would. */
export const previewBudget = query(budgets.preview, async (ctx, input) => {
  const { scope, unit, window } = input;
  const { subjectIds, subjectName } = await findSubject(ctx, scope, input.subject);
  const measured: Measured = { scope, subjectIds, unit };
  const now = windowAt(window, ctx.now.getTime());
  const before = windowBefore(window, now);
  const [spent, spentBefore, load] = await Promise.all([
    ledgerSpend(ctx, measured, now),
    before && ledgerSpend(ctx, measured, before),
    readLoad(ctx, measured),
  ]);
  const [id] = subjectIds;
  return {
    subject: id === undefined ? null : { id, name: subjectName ?? "" },
    ...instants(now),
    spent: formatAmount(unit, spent),
    spentBefore: spentBefore === null ? null : formatAmount(unit, spentBefore),
    ...load,
  };
});

function instants({ startsAtMs, endsAtMs }: WindowBounds) {
  const text = (atMs: number | null): string | null =>
    atMs === null ? null : new Date(atMs).toISOString();
  return { windowStartsAt: text(startsAtMs), resetsAt: text(endsAtMs) };
}

async function readLoad(
  ctx: WorkspaceContext,
  { scope, subjectIds }: Measured,
): Promise<{ queuedTasks: number; runningTasks: number }> {
  const [row] = await ctx.sql<{ queuedTasks: number; runningTasks: number }[]>`
    select count(*) filter (where t.status in ('queued', 'deferred'))::int as queued_tasks,
      count(*) filter (where t.status not in ('queued', 'deferred'))::int as running_tasks
    from tasks t
    cross join (select ${scope}::text as scope, ${[...subjectIds]}::uuid[] as subject_ids) as b
    where t.workspace_id = ${ctx.workspaceId} and ${coversTask(ctx)}
      and t.status in ('queued', 'deferred', 'dispatched', 'waiting_directory', 'running')`;
  return row ?? { queuedTasks: 0, runningTasks: 0 };
}
