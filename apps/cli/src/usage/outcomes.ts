import { outcomeGroupings, type OutcomeGrouping } from "@headcount/contract/usage/outcome-schemas";
import { outcomesCsv } from "@headcount/domain/usage/outcomes/outcomes-csv";
import { defineCommand } from "../command.ts";
import { filterInput, filterOptions } from "./filter-options.ts";
import { printOutcomes } from "./print-outcomes.ts";
import { rangeInput, rangeOptions } from "./range-options.ts";

export const usageOutcomes = defineCommand({
  name: "usage outcomes",
  summary:
    "Show what usage came to: cost, time and attempts per issue done and merged pull request",
  details:
    "30 days unless stated. Every row and every column sums to all that was used. An issue counts as done in the range in which it was first done, with all that was used on it until then; a pull request in the range in which it was merged, with the work on its issues that began before its merge, and not before that of an earlier one. What several agents worked on counts for each of them, and once in the total.",
  route: "usage.outcomes",
  format: "table",
  options: {
    by: { value: "WHAT", choices: outcomeGroupings, summary: "tell apart by this" },
    ...rangeOptions,
    ...filterOptions,
  },
  examples: [
    "headcount usage outcomes --by agent",
    "headcount usage outcomes --by model --days 90 --filter project=Website",
    "headcount usage outcomes --by agent --output csv",
  ],
  async run(cli, { options }) {
    return cli.call("usage.outcomes", {
      workspace: await cli.workspace(),
      ...rangeInput(options),
      ...filterInput(options.filter),
      // The parser takes none but these words.
      ...(options.by === undefined ? {} : { group_by: options.by as OutcomeGrouping }),
    });
  },
  csv: outcomesCsv,
  print: printOutcomes,
});
