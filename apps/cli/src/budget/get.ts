import { defineCommand } from "../command.ts";
import { budgetArgument, findBudget } from "./find-budget.ts";
import { printBudget } from "./print-budget.ts";

export const budgetGet = defineCommand({
  name: "budget get",
  summary: "Show one budget, with where it stands",
  route: "budgets.get",
  arguments: { budget: budgetArgument },
  run: (cli, { argumentValues }) => findBudget(cli, argumentValues.budget),
  print: printBudget,
});
