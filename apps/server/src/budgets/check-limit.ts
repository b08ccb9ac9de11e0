import type { BudgetAction, BudgetUnit } from "@headcount/contract/budgets/words";
import { parseAmount } from "@headcount/domain/budgets/amounts";
import { AppError } from "../platform/app-error.ts";

const messages = {
  "budget.whole_numbers": "Tokens and tasks are whole numbers. State a limit without decimals.",
  "budget.too_precise": "The limit has more decimals than are counted. State fewer.",
} as const;

/** A limit as the books count it. @throws invalid */
export function checkLimit(unit: BudgetUnit, limit: string): bigint {
  const amount = parseAmount(unit, limit);
  if (amount.ok && amount.value > 0n) return amount.value;
  const reason = amount.ok ? "budget.too_precise" : amount.reason;
  throw new AppError("invalid", messages[reason], { reason });
}

/** The task that fills a budget of tasks is not to be stopped by it. @throws invalid */
export function refuseNeedlessStop(unit: BudgetUnit, action: BudgetAction): void {
  if (unit !== "tasks" || action !== "stop") return;
  throw new AppError(
    "invalid",
    "A budget that counts tasks lets none start beyond its limit, so there is nothing to stop. Choose hold.",
    { reason: "budget.stop_needs_spend" },
  );
}
