import type { UsageSummary } from "@headcount/contract/usage/schemas";
import { drawBar } from "../output/draw-bar.ts";
import { formatCost } from "../output/format-cost.ts";
import { formatCount } from "../output/format-count.ts";
import type { Ink } from "../output/ink.ts";
import type { Column } from "../output/table.ts";

type WithUsage = { readonly usage: UsageSummary };

const barColumns = 12;

/** Columns of the token classes, their sum and its cost. */
export function usageColumns(): readonly Column<WithUsage>[] {
  return [
    { title: "INPUT", value: ({ usage }) => formatCount(usage.tokens.input), align: "right" },
    { title: "CACHE", value: ({ usage }) => formatCount(cacheOf(usage)), align: "right" },
    { title: "OUTPUT", value: ({ usage }) => formatCount(usage.tokens.output), align: "right" },
    { title: "TOKENS", value: ({ usage }) => formatCount(usage.tokens.total), align: "right" },
    { title: "COST", value: ({ usage }) => formatCost(usage.costUsd), align: "right" },
  ];
}

function cacheOf({ tokens }: UsageSummary): string {
  const written = BigInt(tokens.cacheWrite5m) + BigInt(tokens.cacheWrite1h);
  return (BigInt(tokens.cacheRead) + written).toString();
}

/** A bar per row, scaled to the largest of them; other rows, such as a total, have none. */
export function barColumn<Row>(
  rows: readonly Row[],
  valueOf: (row: Row) => number,
  ink: Ink,
): Column<Row> {
  const drawn = new Set(rows);
  const top = Math.max(...rows.map(valueOf), 0);
  return {
    title: "",
    value: (row) => (top > 0 && drawn.has(row) ? drawBar(valueOf(row) / top, barColumns, ink) : ""),
    empty: "",
  };
}

/** Tokens as a number for drawing. */
export const tokensOf = ({ usage }: WithUsage): number => Number(usage.tokens.total);
