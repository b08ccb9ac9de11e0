import { forecastCsv } from "@headcount/domain/usage/forecast/forecast-csv";
import { defineCommand } from "../command.ts";
import { filterInput, filterOptions } from "./filter-options.ts";
import { periodInput, periodOptions } from "./period-options.ts";
import { printForecast } from "./print-forecast.ts";

const { tz } = periodOptions;

export const usageForecast = defineCommand({
  name: "usage forecast",
  summary: "Show what this month comes to by its end, and how far off past months were",
  details:
    "From the days of the last half year, by day of the week, newer weeks the heavier. Eight of ten results are expected in the range. The second table is what would have been said on the same day of past months, from the days before it only, and what came. Without eight weeks of history nothing is said.",
  route: "usage.forecast",
  format: "table",
  options: {
    tz,
    project: { value: "NAME", summary: "only this project" },
    agent: { value: "NAME", summary: "only this agent" },
    ...filterOptions,
  },
  examples: [
    "headcount usage forecast",
    "headcount usage forecast --project Website --tz Europe/Berlin",
    "headcount usage forecast --filter member=bob@example.com --output json",
  ],
  async run(cli, { options }) {
    const named = (["project", "agent"] as const).flatMap((what) => {
      const name = options[what];
      return name === undefined ? [] : [`${what}=${name}`];
    });
    return cli.call("usage.forecast", {
      workspace: await cli.workspace(),
      ...periodInput({ tz: options.tz, days: undefined }),
      ...filterInput([...named, ...(options.filter ?? [])]),
    });
  },
  csv: forecastCsv,
  print: printForecast,
});
