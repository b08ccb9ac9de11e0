import type { MoneyMetric } from "./board-columns.ts";

type Spent = { readonly costUsd: string | null; readonly notionalUsd: string | null };

/** The money that is asked for. */
export function spendOf(spent: Spent, money: MoneyMetric): string | null {
  return money === "notional" ? spent.notionalUsd : spent.costUsd;
}
