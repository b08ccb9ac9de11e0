import {
  type UsageBucket,
  usageBuckets,
  usageGroupings,
  usageMetrics,
} from "@headcount/contract/usage/query-words";
import { queryCsv } from "@headcount/domain/usage/query/query-csv";
import { defineCommand } from "../command.ts";
import { invalidUse } from "../errors/cli-error.ts";
import { filterInput, filterOptions } from "./filter-options.ts";
import { printQuery } from "./print-query.ts";
import { rangeInput, rangeOptions } from "./range-options.ts";

export const usageQuery = defineCommand({
  name: "usage query",
  summary: "Ask the books anything: figures by up to two groupings over any range",
  details:
    "30 days unless stated. A day in --to is included, an instant is not. Whatever the grouping, the rows sum to the same total; `--filter project=none` is what belongs to no project.",
  route: "usage.query",
  format: "table",
  options: {
    metric: {
      value: "METRIC",
      multiple: true,
      choices: usageMetrics,
      summary: "what to sum, tokens and cost unless stated",
    },
    groupBy: {
      value: "GROUPING",
      multiple: true,
      choices: usageGroupings,
      summary: "what to tell apart, at most two",
    },
    ...filterOptions,
    ...rangeOptions,
    bucket: { value: "WIDTH", choices: usageBuckets, summary: "width of a row by time" },
    limit: { value: "N", count: true, summary: "rows apart from time, the rest is one row" },
    order: { value: "METRIC", summary: "sort by this metric or by `key`; -METRIC turns it around" },
  },
  examples: [
    "headcount usage query --group-by model --days 7",
    "headcount usage query --group-by time,agent --bucket week --days 90",
    "headcount usage query --metric tasks,failures --group-by failure_class",
    "headcount usage query --from 2026-11-01 --to 2026-11-30 --output csv",
  ],
  async run(cli, { options }) {
    if ((options.groupBy?.length ?? 0) > 2) {
      throw invalidUse("At most two groupings go together.", "Leave one --group-by out.");
    }
    return cli.call("usage.query", {
      workspace: await cli.workspace(),
      ...rangeInput(options),
      ...filterInput(options.filter),
      ...(options.metric ? { metrics: options.metric } : {}),
      ...(options.groupBy ? { group_by: options.groupBy } : {}),
      // The parser takes none but these words.
      ...(options.bucket ? { bucket: options.bucket as UsageBucket } : {}),
      ...(options.limit ? { limit: options.limit } : {}),
      ...(options.order ? { order: options.order } : {}),
    });
  },
  csv: queryCsv,
  print: printQuery,
});
