import type { PriceOverride } from "@headcount/contract/usage/price-schemas";
import { defineCommand } from "../../command.ts";

export const usagePriceList = defineCommand({
  name: "usage price-list",
  summary: "List the workspace's own prices, also those that have ended, newest first",
  route: "prices.overrides",
  format: "table",
  async run(cli) {
    return cli.call("prices.overrides", { workspace: await cli.workspace() });
  },
  print({ items }, printer) {
    const short = printer.shortIds(items.map((item) => item.id));
    printer.table(items, [
      { title: "PRICE", value: (item) => short(item.id) },
      { title: "PROVIDER", value: (item) => item.provider, shrinks: true },
      { title: "MODEL", value: (item) => item.model, shrinks: true },
      { title: "INPUT", value: (item) => item.rates.input, align: "right" },
      { title: "OUTPUT", value: (item) => item.rates.output, align: "right" },
      { title: "FROM", value: (item) => item.startsAt.slice(0, 16) },
      { title: "UNTIL", value: untilText },
    ]);
  },
});

function untilText({ endsAt, inForce }: PriceOverride): string {
  if (endsAt !== null) return endsAt.slice(0, 16);
  return inForce ? "open" : "not begun";
}
