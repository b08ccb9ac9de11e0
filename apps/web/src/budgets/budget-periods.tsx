import { budgets } from "@headcount/contract/budgets/routes";
import type { Budget } from "@headcount/contract/budgets/schemas";
import { useQuery } from "@tanstack/react-query";
import { query } from "../data/query.ts";
import { useFormat } from "../i18n/use-format.ts";
import { useText } from "../i18n/use-text.ts";
import { useWorkspace } from "../workspaces/workspace-context.tsx";
import { amountText } from "./amount-text.ts";

/** What was spent window by window; nothing where there has been only one. */
export function BudgetPeriods({ budget }: { readonly budget: Budget }) {
  const text = useText();
  const format = useFormat();
  const workspace = useWorkspace();
  const found = useQuery(query(budgets.periods, { workspace: workspace.id, budgetId: budget.id }));
  const items = found.data?.items ?? [];
  if (items.length < 2) return null;
  const limit = Number(budget.limit);
  const largest = Math.max(limit, ...items.map((period) => Number(period.spent)));
  return (
    <section>
      <h3 className="mb-1 text-12 font-medium text-muted">{text.budgets.periodsTitle}</h3>
      <ul className="flex flex-col gap-1">
        {items.map((period) => (
          <li key={period.startsAt} className="grid grid-cols-[96px_1fr_104px] items-center gap-2">
            <span className="figures text-faint">{format.date(new Date(period.startsAt))}</span>
            <span className="block h-2 overflow-hidden rounded-full bg-sunken">
              <span
                className={`block h-full rounded-full ${Number(period.spent) >= limit ? "bg-failed" : "bg-accent"}`}
                style={{ width: `${(100 * Number(period.spent)) / largest}%` }}
              />
            </span>
            <span className="figures text-end text-muted">
              {amountText(budget.unit, period.spent, text)}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
