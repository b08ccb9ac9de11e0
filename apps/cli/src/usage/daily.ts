import type { UsageDay, UsageSummary } from "@headcount/contract/usage/schemas";
import { daysCsv } from "@headcount/domain/usage/query/route-csv";
import { defineCommand } from "../command.ts";
import { findAgent } from "../find/find-agent.ts";
import { drawCurve } from "../output/draw-curve.ts";
import type { Printer } from "../output/printer.ts";
import { hintUnpriced } from "./hint-unpriced.ts";
import { periodInput, periodOptions } from "./period-options.ts";
import { barColumn, tokensOf, usageColumns } from "./usage-columns.ts";

const curveColumns = 73;

export const usageDaily = defineCommand({
  name: "usage daily",
  summary: "Show tokens and cost per day",
  details: "30 days unless stated. Days without any usage are in the curve, not in the table.",
  route: "usage.daily",
  format: "table",
  options: {
    ...periodOptions,
    agent: { value: "NAME", summary: "only this agent" },
  },
  examples: [
    "headcount usage daily --days 7",
    "headcount usage daily --tz Asia/Shanghai --output csv",
  ],
  async run(cli, { options }) {
    const agent = options.agent === undefined ? null : await findAgent(cli, options.agent);
    return cli.call("usage.daily", {
      workspace: await cli.workspace(),
      ...periodInput(options),
      ...(agent ? { agentId: agent.id } : {}),
    });
  },
  csv: daysCsv,
  print(body, printer) {
    printDays(body, printer);
    hintUnpriced(body.total, printer);
  },
});

/** A curve over all days and a table of those with usage; their sum is the last row. */
export function printDays(
  { days, total }: { readonly days: readonly UsageDay[]; readonly total: UsageSummary },
  printer: Printer,
): void {
  const used = days.filter((day) => day.usage.events > 0 || day.tasks > 0);
  if (used.length > 1) {
    printer.line(`TOKENS ${drawCurve(days.map(tokensOf), curveColumns, printer.ink)}`);
  }
  const tasks = days.reduce((sum, day) => sum + day.tasks, 0);
  printer.table(
    [...used, { date: "total", tasks, usage: total }],
    [
      { title: "DAY", value: (day) => day.date },
      { title: "TASKS", value: (day) => day.tasks, align: "right" },
      ...usageColumns(),
      barColumn<UsageDay>(used, tokensOf, printer.ink),
    ],
  );
}
