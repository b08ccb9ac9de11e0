import type { BudgetEvent } from "@headcount/contract/budgets/schemas";
import { defineCommand } from "../command.ts";
import { pageInput, pageOptions, printMore } from "../output/print-more.ts";
import { instantOf } from "./budget-words.ts";
import { budgetArgument, findBudget } from "./find-budget.ts";

export const budgetHistory = defineCommand({
  name: "budget history",
  summary: "Show who changed a budget and what it did, newest first",
  route: "budgets.history",
  format: "table",
  arguments: { budget: budgetArgument },
  options: pageOptions,
  async run(cli, { argumentValues, options }) {
    const { id } = await findBudget(cli, argumentValues.budget);
    return cli.call("budgets.history", {
      workspace: await cli.workspace(),
      budgetId: id,
      ...pageInput(options),
    });
  },
  print(page, printer) {
    printer.table(page.items, [
      { title: "WHEN", value: (event) => instantOf(event.at) },
      { title: "WHO", value: (event) => event.actor.name, shrinks: true },
      { title: "WHAT", value: whatHappened, shrinks: true },
    ]);
    printMore(page, printer);
  },
});

function whatHappened(event: BudgetEvent): string {
  const { kind, percent, spent, limit, tasks, why, note } = event;
  const of = spent === null || limit === null ? "" : ` (${spent} of ${limit})`;
  const said = note === "" ? "" : ` – ${note}`;
  switch (kind) {
    case "created":
    case "archived":
      return kind;
    case "updated":
    case "raised":
      return `${kind}: ${event.changed.map(changeText).join(", ")}${said}`;
    case "threshold":
      return `${percent ?? ""}% reached${of}`;
    case "exhausted":
      return `limit reached${of}`;
    case "stopped":
      return tasks === 1 ? "one running task ended" : `${tasks ?? 0} running tasks ended`;
    case "lifted":
      return `room again: ${why ?? ""}${of}`;
    case "recounted":
      return `recounted from the ledger: ${event.changed.map(changeText).join(", ")}`;
  }
}

function changeText({ member, before, after }: BudgetEvent["changed"][number]): string {
  const text = (value: unknown): string =>
    typeof value === "string" ? value : JSON.stringify(value);
  return `${member} ${text(before)} → ${text(after)}`;
}
