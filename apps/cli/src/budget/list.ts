import type { Budget } from "@headcount/contract/budgets/schemas";
import { defineCommand } from "../command.ts";
import { archivedInput, archivedOption } from "../output/archived-option.ts";
import { amountOf, instantOf, scopeOf } from "./budget-words.ts";

export const budgetList = defineCommand({
  name: "budget list",
  summary: "List budgets and where they stand, nearest to their limit first",
  route: "budgets.list",
  format: "table",
  options: archivedOption,
  run: async (cli, { options }) => cli.call("budgets.list", await archivedInput(cli, options)),
  print({ items }, printer) {
    printer.table<Budget>(items, [
      { title: "NAME", value: (item) => item.name, shrinks: true },
      { title: "SCOPE", value: scopeOf, shrinks: true },
      { title: "USED", value: (item) => `${item.status.percent}%`, align: "right" },
      { title: "SPENT", value: (item) => amountOf(item.unit, item.status.spent), align: "right" },
      { title: "LIMIT", value: (item) => amountOf(item.unit, item.limit), align: "right" },
      { title: "STATE", value: stateOf },
      { title: "RESETS", value: (item) => instantOf(item.status.resetsAt), shrinks: true },
    ]);
    if (items.length === 0) {
      printer.hint(
        'Set one: headcount budget create "Team month" --limit 500 --window month --action hold',
      );
    }
  },
});

function stateOf({ status }: Budget): string {
  if (!status.holding) return status.state;
  return status.heldTasks === 0 ? "holding" : `holds ${status.heldTasks}`;
}
