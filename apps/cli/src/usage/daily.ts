import { defineCommand } from "../command.ts";
import { findAgent } from "../find/find-agent.ts";
import { formatCost } from "../output/format-cost.ts";

export const usageDaily = defineCommand({
  name: "usage daily",
  summary: "Show tokens and cost per day",
  route: "usage.daily",
  format: "table",
  options: {
    days: { value: "N", count: true, summary: "whole days including today, 30 unless stated" },
    tz: { value: "ZONE", summary: "time zone of the days, this machine's unless stated" },
    agent: { value: "NAME", summary: "only this agent" },
  },
  examples: ["headcount usage daily --days 7", "headcount usage daily --tz Asia/Shanghai"],
  async run(cli, { options }) {
    const agent = options.agent === undefined ? null : await findAgent(cli, options.agent);
    return cli.call("usage.daily", {
      workspace: await cli.workspace(),
      tz: options.tz ?? Intl.DateTimeFormat().resolvedOptions().timeZone,
      ...(options.days === undefined ? {} : { days: options.days }),
      ...(agent ? { agentId: agent.id } : {}),
    });
  },
  print(body, printer) {
    const rows = [
      ...body.days.filter((day) => day.usage.events > 0 || day.tasks > 0),
      {
        date: "total",
        usage: body.total,
        tasks: body.days.reduce((sum, day) => sum + day.tasks, 0),
      },
    ];
    printer.table(rows, [
      { title: "DAY", value: (day) => day.date },
      { title: "TASKS", value: (day) => day.tasks, align: "right" },
      { title: "INPUT", value: (day) => day.usage.tokens.input, align: "right" },
      { title: "CACHE READ", value: (day) => day.usage.tokens.cacheRead, align: "right" },
      { title: "OUTPUT", value: (day) => day.usage.tokens.output, align: "right" },
      { title: "TOKENS", value: (day) => day.usage.tokens.total, align: "right" },
      { title: "COST", value: (day) => formatCost(day.usage.costUsd), align: "right" },
    ]);
  },
});
