import type { BudgetUnit } from "@headcount/contract/budgets/words";
import { formatAmount } from "./amounts.ts";

/** How much of a limit is used, as one English sentence: `US$5.01 of US$5.00 are used.` */
export function describeStanding(budget: {
  readonly unit: BudgetUnit;
  readonly spent: bigint;
  readonly limit: bigint;
}): string {
  const { unit, spent, limit } = budget;
  return `${amountText(unit, spent)} of ${amountText(unit, limit)} are used.`;
}

/** An amount for people, in English, to the cent or to a hundredth of an hour. */
export function amountText(unit: BudgetUnit, amount: bigint): string {
  const text = formatAmount(unit, amount);
  switch (unit) {
    case "billed_usd":
      return `US$${toHundredths(text)}`;
    case "notional_usd":
      return `US$${toHundredths(text)} at list price`;
    case "tokens":
      return `${grouped(text)} tokens`;
    case "tasks":
      return text === "1" ? "1 task" : `${grouped(text)} tasks`;
    case "hours":
      return `${toHundredths(text)} hours`;
  }
}

/** Cut, never rounded up: nobody reads a limit as reached that is not. Smaller amounts keep two digits. */
function toHundredths(text: string): string {
  const [whole = "0", fraction = ""] = text.split(".");
  const isTiny = /^-?0$/.test(whole) && fraction.startsWith("00") && /[1-9]/.test(fraction);
  const digits = isTiny ? fraction.search(/[1-9]/) + 2 : 2;
  return `${grouped(whole)}.${fraction.slice(0, digits).padEnd(2, "0")}`;
}

const grouped = (digits: string): string => digits.replaceAll(/\B(?=(\d{3})+(?!\d))/g, ",");
