import { prices } from "@headcount/contract/usage/price-routes";
import { query } from "../../platform/command.ts";
import { readOverrideRows, toPriceOverride } from "./override-rows.ts";

export const listPriceOverrides = query(prices.overrides, async (ctx) => {
  const rows = await readOverrideRows(ctx);
  return { items: rows.map((row) => toPriceOverride(row, ctx.now)) };
});
