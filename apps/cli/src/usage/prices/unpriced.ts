import { defineCommand } from "../../command.ts";
import { formatCount } from "../../output/format-count.ts";

export const usageUnpriced = defineCommand({
  name: "usage unpriced",
  summary: "List models with tokens that no price covers; they are never counted as $0",
  route: "prices.unpriced",
  format: "table",
  async run(cli) {
    return cli.call("prices.unpriced", { workspace: await cli.workspace() });
  },
  print({ items }, printer) {
    printer.table(items, [
      { title: "PROVIDER", value: (item) => item.provider, shrinks: true },
      { title: "MODEL", value: (item) => item.model, shrinks: true },
      { title: "TOKENS", value: (item) => formatCount(item.tokens), align: "right" },
      { title: "EVENTS", value: (item) => item.events, align: "right" },
      { title: "FIRST USED", value: (item) => item.firstUsedAt?.slice(0, 10) },
      { title: "LAST USED", value: (item) => item.lastUsedAt?.slice(0, 10) },
      { title: "PRICE NOW", value: (item) => (item.hasPriceNow ? "yes" : "no") },
    ]);
    if (items.some((item) => item.hasPriceNow)) {
      printer.hint("Price what has one by now with `headcount usage reprice`.");
    }
    if (items.some((item) => !item.hasPriceNow)) {
      printer.hint("Give a model a price with `headcount usage price-set`.");
    }
  },
});
