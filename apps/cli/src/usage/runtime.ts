import { daysCsv } from "@headcount/domain/usage/query/route-csv";
import { defineCommand } from "../command.ts";
import { findRuntime } from "../find/find-runtime.ts";
import { drawCurve } from "../output/draw-curve.ts";
import { formatSpan } from "../output/format-span.ts";
import { printDays } from "./daily.ts";
import { hintUnpriced } from "./hint-unpriced.ts";
import { periodInput, periodOptions } from "./period-options.ts";
import { barColumn, tokensOf, usageColumns } from "./usage-columns.ts";

export const usageRuntime = defineCommand({
  name: "usage runtime",
  summary: "Show what ran on a runtime: per day, by agent, by hour of the day",
  details: "90 days unless stated. CSV has the days.",
  route: "usage.runtime",
  format: "table",
  arguments: { runtime: { summary: "name or id of the runtime, as in `runtime list`" } },
  options: periodOptions,
  examples: ["headcount usage runtime laptop --days 30"],
  async run(cli, { argumentValues, options }) {
    const { id } = await findRuntime(cli, argumentValues.runtime);
    const workspace = await cli.workspace();
    return cli.call("usage.runtime", { workspace, runtimeId: id, ...periodInput(options) });
  },
  csv: daysCsv,
  print({ days, byAgent, hours, total }, printer) {
    printDays({ days, total }, printer);
    if (byAgent.length === 0) return;
    printer.line("");
    printer.table(byAgent, [
      { title: "AGENT", value: (one) => one.name, shrinks: true },
      { title: "TASKS", value: (one) => one.tasks, align: "right" },
      { title: "RUN TIME", value: (one) => formatSpan(one.runTimeMs), align: "right" },
      ...usageColumns().slice(2),
      barColumn(byAgent, tokensOf, printer.ink),
    ]);
    printer.line("");
    printer.line(`HOURS 0 |${drawCurve(hours.map(tokensOf), 24, printer.ink)}| 24`);
    hintUnpriced(total, printer);
  },
});
