import type { Budget } from "@headcount/contract/budgets/schemas";
import type { Printer } from "../output/printer.ts";
import { amountOf, instantOf, scopeOf, windowOf } from "./budget-words.ts";

const actions = {
  notify: "people are told",
  hold: "no new task starts",
  stop: "running tasks end as well",
} as const;

/** One budget for people: what it limits, and where it stands. */
export function printBudget(budget: Budget, printer: Printer): void {
  const { unit, status } = budget;
  printer.fields([
    ["Budget", budget.name],
    ["Id", budget.id],
    ["Scope", scopeOf(budget)],
    ["Window", windowOf(budget.window)],
    [
      "Spent",
      `${amountOf(unit, status.spent)} of ${amountOf(unit, budget.limit)} (${status.percent}%)`,
    ],
    ["Resets", instantOf(status.resetsAt)],
    ["At the limit", actions[budget.action]],
    ["Thresholds", budget.thresholds.map((percent) => `${percent}%`).join(", ")],
    ["State", stateOf(budget)],
    ["Running", String(status.runningTasks)],
    ["Held", String(status.heldTasks)],
  ]);
}

function stateOf({ enabled, archivedAt, status }: Budget): string {
  if (archivedAt !== null) return `archived ${instantOf(archivedAt) ?? ""}`;
  if (!enabled) return "switched off";
  if (!status.holding) return status.state;
  const until = instantOf(status.holdsUntil);
  return until === null ? "holding until it is raised" : `holding until ${until}`;
}
