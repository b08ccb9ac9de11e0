import type { UsedModelPrice } from "@headcount/contract/usage/price-schemas";
import { defineCommand } from "../../command.ts";
import { formatCount } from "../../output/format-count.ts";
import type { Column } from "../../output/table.ts";

type Shown = UsedModelPrice & { readonly tier: number };

export const usagePrices = defineCommand({
  name: "usage prices",
  summary: "Show what every used model costs now, US dollars per million tokens",
  details:
    "A longer prompt can have a higher price: such rows say from which size on. `headcount usage price-list` shows the workspace's own prices.",
  route: "prices.list",
  format: "table",
  examples: ["headcount usage prices", "headcount usage prices --output json"],
  async run(cli) {
    return cli.call("prices.list", { workspace: await cli.workspace() });
  },
  print({ items, catalogueVersion }, printer) {
    const rows = items.flatMap((item): Shown[] =>
      (item.price?.tiers ?? [null]).map((_, tier) => ({ ...item, tier })),
    );
    printer.table(rows, [
      { title: "PROVIDER", value: (row) => row.provider, shrinks: true },
      { title: "MODEL", value: nameOf, shrinks: true },
      rate("INPUT", "input"),
      rate("READ", "cacheRead"),
      rate("WRITE", "cacheWrite5m"),
      rate("1 H", "cacheWrite1h"),
      rate("OUTPUT", "output"),
      { title: "FROM", value: originOf },
    ]);
    printer.hint(`The catalogue is ${catalogueVersion}.`);
  },
});

function nameOf({ tier, model, price }: Shown): string {
  const above = price?.tiers[tier]?.abovePromptTokens ?? 0;
  return tier === 0 ? model : `> ${formatCount(above)} tokens`;
}

function rate(
  title: string,
  tokenClass: "input" | "cacheRead" | "cacheWrite5m" | "cacheWrite1h" | "output",
): Column<Shown> {
  return {
    title,
    value: ({ price, tier }) => price?.tiers[tier]?.rates[tokenClass],
    align: "right",
  };
}

function originOf({ price }: Shown): string {
  if (price === null) return "no price";
  if (price.basis === "override") return "own";
  return price.isEstimate ? "estimate" : "list";
}
