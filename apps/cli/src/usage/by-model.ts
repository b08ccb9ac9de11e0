import { queryCsv } from "@headcount/domain/usage/query/query-csv";
import { defineCommand } from "../command.ts";
import { filterInput, filterOptions } from "./filter-options.ts";
import { periodInput, periodOptions } from "./period-options.ts";
import { printQuery } from "./print-query.ts";

export const usageByModel = defineCommand({
  name: "usage by-model",
  summary: "Show tokens and cost by provider and model",
  details: "30 days unless stated.",
  route: "usage.query",
  format: "table",
  options: { ...periodOptions, ...filterOptions },
  examples: [
    "headcount usage by-model --days 7",
    "headcount usage by-model --filter agent=Ada --output csv",
  ],
  async run(cli, { options }) {
    return cli.call("usage.query", {
      workspace: await cli.workspace(),
      group_by: ["provider", "model"],
      metrics: ["tokens", "input", "cache_read", "output", "cost"],
      ...periodInput(options),
      ...filterInput(options.filter),
    });
  },
  csv: queryCsv,
  print: printQuery,
});
