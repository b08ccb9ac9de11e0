import { defineCommand } from "../../command.ts";
import { formatCost } from "../../output/format-cost.ts";

export const usageRepricings = defineCommand({
  name: "usage repricings",
  summary: "List the times at which past usage was priced anew, newest first",
  route: "prices.repricings",
  format: "table",
  async run(cli) {
    return cli.call("prices.repricings", { workspace: await cli.workspace() });
  },
  print({ items }, printer) {
    const short = printer.shortIds(items.map((item) => item.id));
    printer.table(items, [
      { title: "ID", value: (item) => short(item.id) },
      { title: "AT", value: (item) => item.createdAt.slice(0, 16) },
      { title: "MODEL", value: (item) => item.filter.model ?? item.filter.provider, shrinks: true },
      { title: "EVENTS", value: (item) => item.events, align: "right" },
      { title: "BEFORE", value: (item) => formatCost(item.costBeforeUsd), align: "right" },
      { title: "AFTER", value: (item) => formatCost(item.costAfterUsd), align: "right" },
      { title: "STATUS", value: (item) => item.status },
    ]);
  },
});
