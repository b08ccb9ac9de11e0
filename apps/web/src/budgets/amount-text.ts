import type { Budget } from "@headcount/contract/budgets/schemas";
import type { BudgetUnit } from "@headcount/contract/budgets/words";
import type { Catalogue } from "../i18n/catalogue.ts";
import { formatMoney } from "../ui/format-money.ts";
import { formatTokens } from "../ui/format-tokens.ts";

/** How much of a limit is used; the unit is named once. */
export function spentOfLimit(
  { unit, limit, status }: Pick<Budget, "unit" | "limit" | "status">,
  text: Catalogue,
): string {
  const whole = amountText(unit, limit, text);
  const spent = amountText(unit, status.spent, text);
  const bare = { tokens: formatTokens, tasks: String, notional_usd: formatMoney } as const;
  const isBare = unit === "tokens" || unit === "tasks" || unit === "notional_usd";
  return text.budgets.of({ spent: isBare ? bare[unit](status.spent) : spent, limit: whole });
}

/** An amount of a budget in its unit, as short as people say it. */
export function amountText(unit: BudgetUnit, amount: string, text: Catalogue): string {
  switch (unit) {
    case "billed_usd":
      return formatMoney(amount);
    case "notional_usd":
      return `${formatMoney(amount)} ${text.budgets.listPrice}`;
    case "tokens":
      return text.budgets.tokensOf({ count: formatTokens(amount) });
    case "tasks":
      return text.budgets.tasksOf({ count: amount });
    case "hours":
      return text.budgets.hoursOf({
        count: Number(amount)
          .toFixed(2)
          .replace(/\.?0+$/, ""),
      });
  }
}
