import { prices } from "@headcount/contract/usage/price-routes";
import { query } from "../../platform/command.ts";
import { readRepricings } from "./repricing-rows.ts";

export const listRepricings = query(prices.repricings, async (ctx) => {
  const states = await readRepricings(ctx);
  return { items: states.map((state) => state.shown) };
});
