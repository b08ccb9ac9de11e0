import { defineCommand } from "../command.ts";
import { exitCodes } from "../errors/cli-error.ts";

export const usageVerify = defineCommand({
  name: "usage verify",
  summary: "Compare every summed figure with the ledger; changes nothing",
  details: "Ends with 1 when anything differs.",
  route: "usage.verify",
  format: "table",
  examples: ["headcount usage verify --output json"],
  async run(cli) {
    const body = await cli.call("usage.verify", { workspace: await cli.workspace() });
    if (body.differences.length > 0) cli.endWith(exitCodes.failure);
    return body;
  },
  print({ ledgerEvents, rollupRows, differences }, printer) {
    printer.line(`${ledgerEvents} events, ${rollupRows} sums, ${differences.length} differences.`);
    if (differences.length === 0) return;
    printer.table(differences, [
      { title: "SUM", value: (one) => one.rollup },
      { title: "KEY", value: (one) => one.key, shrinks: true },
      { title: "LEDGER", value: (one) => one.ledger, align: "right" },
      { title: "STORED", value: (one) => one.stored, align: "right" },
    ]);
  },
});
