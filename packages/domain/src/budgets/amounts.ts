import type { BudgetUnit } from "@headcount/contract/budgets/words";
import { accept, type Decision, refuse } from "../kit/decision.ts";
import { formatUsd, parseUsd } from "../usage/money.ts";

/** Hours are counted in milliseconds and written to a millionth of an hour. */
const msPerHour = 3_600_000n;
const hourDecimals = 6;

export type AmountRefusal = "budget.whole_numbers" | "budget.too_precise";

/** An amount of a unit as the books count it: pico-dollars, tokens, tasks, milliseconds. */
export function parseAmount(unit: BudgetUnit, text: string): Decision<bigint, AmountRefusal> {
  const pico = parseUsd(text);
  if (!pico.ok) return refuse("budget.too_precise");
  switch (unit) {
    case "billed_usd":
    case "notional_usd":
      return pico;
    case "tokens":
    case "tasks":
      return pico.value % picoScale === 0n
        ? accept(pico.value / picoScale)
        : refuse("budget.whole_numbers");
    case "hours":
      return accept((pico.value * msPerHour) / picoScale);
  }
}

/** The same as the API writes it, hours rounded down to a millionth. */
export function formatAmount(unit: BudgetUnit, amount: bigint): string {
  switch (unit) {
    case "billed_usd":
    case "notional_usd":
      return formatUsd(amount);
    case "tokens":
    case "tasks":
      return amount.toString();
    case "hours": {
      const scale = 10n ** BigInt(hourDecimals);
      return formatUsd(((amount * scale) / msPerHour) * (picoScale / scale));
    }
  }
}

/** Parsing reads every unit with the twelve decimals of money. */
const picoScale = 10n ** 12n;
