import { defineCommand } from "../../command.ts";
import { findOne } from "../../find/find-one.ts";

export const usageRepriceUndo = defineCommand({
  name: "usage reprice-undo",
  summary: "Take back what pricing anew has changed, where nothing newer has",
  details: "`headcount usage repricings` lists what can be taken back. For admins and owners.",
  route: "prices.undo-reprice",
  format: "table",
  arguments: { repricing: { summary: "id, or its beginning" } },
  examples: ["headcount usage reprice-undo 0197c1a2"],
  async run(cli, { argumentValues }) {
    const workspace = await cli.workspace();
    const { items } = await cli.call("prices.repricings", { workspace });
    const named = items.map((item) => ({ id: item.id, name: item.id }));
    const { id: repricingId } = findOne(named, argumentValues.repricing, "repricing");
    const events = items.find((item) => item.id === repricingId)?.events ?? 0;
    await cli.confirm(`Events to give their earlier cost back: ${events}. Go on?`);
    let state = await cli.call("prices.undo-reprice", { workspace, repricingId });
    while (state.status === "undoing") {
      state = await cli.call("prices.undo-reprice", { workspace, repricingId });
    }
    return state;
  },
  print({ events, keptEvents }, printer) {
    printer.line(`Events with their earlier cost again: ${events - keptEvents}.`);
    if (keptEvents > 0) {
      printer.line(`Changed since and left as they are: ${keptEvents}.`);
    }
  },
});
