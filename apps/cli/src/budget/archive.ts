import { defineCommand } from "../command.ts";
import { budgetArgument, findBudget } from "./find-budget.ts";

export const budgetArchive = defineCommand({
  name: "budget archive",
  summary: "End a budget for good; it holds nothing any more and its history stays",
  route: "budgets.archive",
  format: "table",
  arguments: { budget: budgetArgument },
  async run(cli, { argumentValues }) {
    const budget = await findBudget(cli, argumentValues.budget);
    await cli.confirm(`End the budget ${budget.name} for good?`);
    return cli.call("budgets.archive", {
      workspace: await cli.workspace(),
      budgetId: budget.id,
    });
  },
  print(budget, printer) {
    printer.line(`${budget.name} was archived.`);
  },
});
