import type { RepricingPreview } from "@headcount/contract/usage/price-schemas";
import { formatCost } from "../../output/format-cost.ts";
import { formatCount } from "../../output/format-count.ts";
import type { Printer } from "../../output/printer.ts";
import type { Column } from "../../output/table.ts";

type Row = {
  readonly provider: string;
  readonly model: string;
  readonly events: number;
  readonly tokens: number | string;
  /** Null for models that have no price now either. */
  readonly change: RepricingPreview["byModel"][number] | null;
};

/** What pricing anew would change, model by model. */
export function printPreview(preview: RepricingPreview, printer: Printer): void {
  const rows: Row[] = [
    ...preview.byModel.map((one) => ({ ...one, change: one })),
    ...preview.withoutPrice.map((one) => ({ ...one, change: null })),
  ];
  const columns: Column<Row>[] = [
    { title: "PROVIDER", value: (row) => row.provider, shrinks: true },
    { title: "MODEL", value: (row) => row.model, shrinks: true },
    { title: "EVENTS", value: (row) => row.events, align: "right" },
    { title: "TOKENS", value: (row) => formatCount(row.tokens), align: "right" },
    ...costColumns("COST", "costBeforeUsd", "costAfterUsd"),
  ];
  const { notionalBeforeUsd, notionalAfterUsd } = preview;
  const hasNotional = notionalBeforeUsd !== "0" || notionalAfterUsd !== "0";
  const notional = costColumns("LIST PRICE", "notionalBeforeUsd", "notionalAfterUsd");
  if (rows.length > 0) printer.table(rows, hasNotional ? [...columns, ...notional] : columns);
  if (preview.events === 0) printer.line("Nothing would change.");
}

type CostName = "costBeforeUsd" | "costAfterUsd" | "notionalBeforeUsd" | "notionalAfterUsd";

function costColumns(title: string, before: CostName, after: CostName): readonly Column<Row>[] {
  return [
    { title, value: ({ change }) => change && formatCost(change[before]), align: "right" },
    {
      title: "→",
      value: ({ change }) => (change === null ? "no price" : formatCost(change[after])),
      align: "right",
    },
  ];
}
