import { defineCommand } from "../command.ts";
import { invalidUse } from "../errors/cli-error.ts";
import { amountOf } from "./budget-words.ts";
import { budgetArgument, findBudget } from "./find-budget.ts";

export const budgetRaise = defineCommand({
  name: "budget raise",
  summary: "Raise a budget's limit; what it held goes on at once, in its sessions",
  route: "budgets.raise",
  format: "table",
  arguments: { budget: budgetArgument },
  options: {
    by: { value: "AMOUNT", summary: "add this much" },
    to: { value: "AMOUNT", summary: "the limit from now on" },
    note: { value: "TEXT", summary: "why, for the history" },
  },
  examples: ['headcount budget raise "Team month" --by 100 --note "Release week"'],
  async run(cli, { argumentValues, options }) {
    const { by, to, note } = options;
    if ((by === undefined) === (to === undefined)) {
      throw invalidUse("State by how much the limit is raised, or to what.", "Use --by or --to.");
    }
    const { id } = await findBudget(cli, argumentValues.budget);
    return cli.call("budgets.raise", {
      workspace: await cli.workspace(),
      budgetId: id,
      ...(by === undefined ? {} : { by }),
      ...(to === undefined ? {} : { to }),
      ...(note === undefined ? {} : { note }),
    });
  },
  print(budget, printer) {
    const spent = amountOf(budget.unit, budget.status.spent);
    printer.line(`${budget.name}: ${spent} of ${amountOf(budget.unit, budget.limit)} are used.`);
  },
});
