import { activityCsv } from "@headcount/domain/usage/query/route-csv";
import { defineCommand } from "../command.ts";
import { drawShade } from "../output/draw-curve.ts";
import { filterInput, filterOptions } from "./filter-options.ts";
import { periodInput, periodOptions } from "./period-options.ts";
import { tokensOf } from "./usage-columns.ts";

const weekdays = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"] as const;
const hours = Array.from({ length: 24 }, (_, hour) => hour);

export const usageActivity = defineCommand({
  name: "usage activity",
  summary: "Show at which hours of which weekdays tokens are used",
  details: "30 days unless stated. The fuller a square, the more tokens.",
  route: "usage.activity",
  format: "table",
  options: { ...periodOptions, ...filterOptions },
  examples: [
    "headcount usage activity --days 90",
    "headcount usage activity --filter agent=Ada --tz Europe/Berlin",
  ],
  async run(cli, { options }) {
    return cli.call("usage.activity", {
      workspace: await cli.workspace(),
      ...periodInput(options),
      ...filterInput(options.filter),
    });
  },
  csv: activityCsv,
  print({ cells }, printer) {
    const tokens = new Map(cells.map((cell) => [`${cell.weekday} ${cell.hour}`, tokensOf(cell)]));
    const top = Math.max(...tokens.values(), 0);
    printer.line(
      `     ${hours.map((hour) => (hour % 3 === 0 ? String(hour).padEnd(6) : "")).join("")}`.trimEnd(),
    );
    for (const [at, name] of weekdays.entries()) {
      const squares = hours.map((hour) => {
        const share = top > 0 ? (tokens.get(`${at + 1} ${hour}`) ?? 0) / top : 0;
        return drawShade(share, printer.ink).repeat(2);
      });
      printer.line(`${name}  ${squares.join("")}`);
    }
  },
});
