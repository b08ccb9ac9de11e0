import { budgets } from "@headcount/contract/budgets/routes";
import { formatAmount } from "@headcount/domain/budgets/amounts";
import { isInside, windowAt } from "@headcount/domain/budgets/budget-window";
import { query } from "../platform/command.ts";
import { readStandings } from "./read-standings.ts";
import { getVisibleBudget } from "./visible-budgets.ts";

/** Windows that have ended, and the one of now; rolling ones have no past that is kept. */
export const listBudgetPeriods = query(budgets.periods, async (ctx, input) => {
  const row = await getVisibleBudget(ctx, input.budgetId);
  const [standing] = await readStandings(ctx, [row]);
  const nowMs = ctx.now.getTime();
  const present = {
    startsAt: new Date(standing?.window.startsAtMs ?? row.createdAt.getTime()).toISOString(),
    endsAt: instant(standing?.window.endsAtMs ?? null),
    spent: formatAmount(row.unit, standing?.spent ?? 0n),
  };
  if (row.timeWindow.kind === "rolling_5h" || row.timeWindow.kind === "none") {
    return { items: [present] };
  }
  const slots = await ctx.sql<{ slotAt: Date; spent: string }[]>`
    select slot_at, spent from budget_slots
    where workspace_id = ${ctx.workspaceId} and budget_id = ${row.id}
    order by slot_at desc limit ${input.limit}`;
  const past = slots.flatMap(({ slotAt, spent }) => {
    const bounds = windowAt(row.timeWindow, slotAt.getTime());
    if (isInside(bounds, nowMs) || slotAt > ctx.now) return [];
    return [
      {
        startsAt: slotAt.toISOString(),
        endsAt: instant(bounds.endsAtMs),
        spent: formatAmount(row.unit, BigInt(spent)),
      },
    ];
  });
  return { items: [present, ...past].slice(0, input.limit) };
});

const instant = (atMs: number | null): string | null =>
  atMs === null ? null : new Date(atMs).toISOString();
