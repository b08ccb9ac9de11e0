import type { Budget } from "@headcount/contract/budgets/schemas";
import type { BudgetWindow } from "@headcount/contract/budgets/window";
import type { BudgetUnit } from "@headcount/contract/budgets/words";
import { parseAmount } from "@headcount/domain/budgets/amounts";
import { amountText } from "@headcount/domain/budgets/describe-standing";

/** An amount for people: `US$12.50`, `2,000,000 tokens`. */
export function amountOf(unit: BudgetUnit, amount: string): string {
  const parsed = parseAmount(unit, amount);
  return parsed.ok ? amountText(unit, parsed.value) : amount;
}

/** What a budget is about. */
export function scopeOf({ scope, subject }: Pick<Budget, "scope" | "subject">): string {
  return subject === null ? scope : `${scope} ${subject.name}`;
}

const weekdays = [
  "",
  "Mondays",
  "Tuesdays",
  "Wednesdays",
  "Thursdays",
  "Fridays",
  "Saturdays",
  "Sundays",
];

/** Over which time it counts: `month, from day 1, UTC`. */
export function windowOf(window: BudgetWindow): string {
  switch (window.kind) {
    case "none":
      return "all time";
    case "rolling_5h":
      return "last 5 hours";
    case "range":
      return `${window.startDay} to ${window.endDay}, ${window.zone}`;
    case "day":
      return `day, from ${hourOf(window.resetHour)}, ${window.zone}`;
    case "week":
      return `week, from ${weekdays[window.resetWeekday] ?? ""} ${hourOf(window.resetHour)}, ${window.zone}`;
    case "month":
      return `month, from day ${window.resetDay} ${hourOf(window.resetHour)}, ${window.zone}`;
  }
}

const hourOf = (hour: number): string => `${String(hour).padStart(2, "0")}:00`;

/** A point in time for people, UTC to the minute. */
export function instantOf(instant: string | null): string | null {
  return instant === null ? null : `${instant.slice(0, 16).replace("T", " ")} UTC`;
}
