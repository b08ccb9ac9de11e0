import type { BudgetUnit } from "@headcount/contract/budgets/words";
import type { Catalogue } from "../i18n/catalogue.ts";
import { formatMoney } from "../ui/format-money.ts";
import { formatTokens } from "../ui/format-tokens.ts";

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
