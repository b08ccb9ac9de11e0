import { defineCommand } from "../command.ts";
import { drawBar } from "../output/draw-bar.ts";
import { budgetArgument, findBudget } from "./find-budget.ts";
import { printBudget } from "./print-budget.ts";

const barColumns = 40;

export const budgetStatus = defineCommand({
  name: "budget status",
  summary: "Show where a budget stands, what it holds and what it spent in earlier windows",
  route: "budgets.tasks",
  format: "table",
  arguments: { budget: budgetArgument },
  async run(cli, { argumentValues }) {
    const budget = await findBudget(cli, argumentValues.budget);
    const of = { workspace: await cli.workspace(), budgetId: budget.id };
    const [tasks, periods] = await Promise.all([
      cli.call("budgets.tasks", of),
      cli.call("budgets.periods", of),
    ]);
    return { budget, tasks: tasks.items, periods: periods.items };
  },
  print({ budget, tasks, periods }, printer) {
    printer.line(drawBar(budget.status.percent / 100, barColumns, printer.ink));
    printBudget(budget, printer);
    if (tasks.length > 0) {
      printer.line("");
      printer.table(tasks, [
        { title: "ISSUE", value: (task) => task.issueKey },
        { title: "TITLE", value: (task) => task.issueTitle, shrinks: true },
        { title: "AGENT", value: (task) => task.agentName, shrinks: true },
        { title: "STATE", value: (task) => (task.held ? "held" : task.status) },
      ]);
    }
    if (periods.length > 1) {
      printer.line("");
      printer.table(periods, [
        { title: "WINDOW FROM", value: (period) => period.startsAt.slice(0, 16).replace("T", " ") },
        { title: "SPENT", value: (period) => period.spent, align: "right" },
        {
          title: "",
          value: (period) =>
            drawBar(Number(period.spent) / Number(budget.limit), barColumns / 2, printer.ink),
        },
      ]);
    }
  },
});
