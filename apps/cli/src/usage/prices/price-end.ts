import { defineCommand } from "../../command.ts";
import { findOne } from "../../find/find-one.ts";
import { parseMoment } from "./parse-moment.ts";

export const usagePriceEnd = defineCommand({
  name: "usage price-end",
  summary: "End a price of the workspace's own; the catalogue's holds again from then on",
  details: "Past usage keeps its price. For admins and owners.",
  route: "prices.end-override",
  format: "table",
  arguments: { price: { summary: "id of the price, its beginning, or the model" } },
  options: { at: { value: "TIME", summary: "a day or an instant; now unless stated" } },
  examples: [
    "headcount usage price-end qwen3:32b",
    "headcount usage price-end 0197c1a2 --at 2026-12-01",
  ],
  async run(cli, { argumentValues, options }) {
    const workspace = await cli.workspace();
    const { items } = await cli.call("prices.overrides", { workspace });
    const open = items.filter(
      (item) => item.endsAt === null || item.endsAt > new Date().toISOString(),
    );
    const named = open.map((item) => ({ id: item.id, name: item.model }));
    const { id: overrideId } = findOne(named, argumentValues.price, "price");
    return cli.call("prices.end-override", {
      workspace,
      overrideId,
      ...(options.at === undefined ? {} : { endsAt: parseMoment(options.at) }),
    });
  },
  print({ id, provider, model, endsAt }, printer) {
    printer.fields([
      ["Price", id],
      ["Provider", provider],
      ["Model", model],
      ["Ends", endsAt],
    ]);
  },
});
