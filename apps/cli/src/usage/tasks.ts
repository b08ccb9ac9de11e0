import { taskShareMetrics } from "@headcount/contract/usage/task-share-schemas";
import { taskSharesCsv } from "@headcount/domain/usage/query/task-shares-csv";
import { defineCommand } from "../command.ts";
import { filterInput, filterOptions } from "./filter-options.ts";
import { printTaskShares } from "./print-task-shares.ts";
import { rangeInput, rangeOptions } from "./range-options.ts";

export const usageTasks = defineCommand({
  name: "usage tasks",
  summary: "List the tasks behind a figure, the largest first; they sum to it exactly",
  details:
    "30 days unless stated. Sessions that Headcount did not start are one row, and so are the tasks of agents that you may not see. What --limit leaves out is the last row before the total.",
  route: "usage.tasks",
  format: "table",
  options: {
    metric: {
      value: "METRIC",
      multiple: true,
      choices: taskShareMetrics,
      summary: "what to show, cost, tokens and run_time unless stated",
    },
    ...rangeOptions,
    ...filterOptions,
    limit: { value: "N", count: true, summary: "rows, 50 unless stated" },
    order: { value: "METRIC", summary: "sort by this metric; -METRIC has the largest first" },
  },
  examples: [
    "headcount usage tasks --days 7 --filter agent=Ada",
    "headcount usage tasks --filter failure-class=timeout --metric failures,run_time",
    "headcount usage tasks --from 2026-11-21 --to 2026-11-21 --output csv",
  ],
  async run(cli, { options }) {
    return cli.call("usage.tasks", {
      workspace: await cli.workspace(),
      ...rangeInput(options),
      ...filterInput(options.filter),
      ...(options.metric ? { metrics: options.metric } : {}),
      ...(options.limit ? { limit: options.limit } : {}),
      ...(options.order ? { order: options.order } : {}),
    });
  },
  csv: taskSharesCsv,
  print: printTaskShares,
});
