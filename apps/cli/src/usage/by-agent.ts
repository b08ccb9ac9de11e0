import { agentsCsv } from "@headcount/domain/usage/query/route-csv";
import { defineCommand } from "../command.ts";
import { formatSpan } from "../output/format-span.ts";
import { filterInput, filterOptions } from "./filter-options.ts";
import { hintUnpriced } from "./hint-unpriced.ts";
import { periodInput, periodOptions } from "./period-options.ts";
import { barColumn, tokensOf, usageColumns } from "./usage-columns.ts";

export const usageByAgent = defineCommand({
  name: "usage by-agent",
  summary: "Show tokens, cost, tasks and run time by agent",
  details: "30 days unless stated. Agents that you may not see are one row together.",
  route: "usage.by-agent",
  format: "table",
  options: { ...periodOptions, ...filterOptions },
  examples: [
    "headcount usage by-agent --days 7",
    "headcount usage by-agent --filter project=Website --output csv",
  ],
  async run(cli, { options }) {
    return cli.call("usage.by-agent", {
      workspace: await cli.workspace(),
      ...periodInput(options),
      ...filterInput(options.filter),
    });
  },
  csv: agentsCsv,
  print({ agents, total }, printer) {
    printer.table(agents, [
      { title: "AGENT", value: (one) => one.name, shrinks: true },
      { title: "TASKS", value: (one) => one.tasks, align: "right" },
      { title: "RUN TIME", value: (one) => formatSpan(one.runTimeMs), align: "right" },
      ...usageColumns().slice(2),
      barColumn(agents, tokensOf, printer.ink),
    ]);
    hintUnpriced(total, printer);
  },
});
