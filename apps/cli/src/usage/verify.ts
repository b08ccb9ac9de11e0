import { defineCommand } from "../command.ts";
import { exitCodes } from "../errors/cli-error.ts";
import { printComparison } from "./books/print-comparison.ts";
import { sliceOptions } from "./books/slice-options.ts";
import { walkSlices } from "./books/walk-slices.ts";

export const usageVerify = defineCommand({
  name: "usage verify",
  summary: "Compare every sum and budget with the ledger, day by day; changes nothing",
  details:
    "All of it unless a range is stated. Ends with 1 when anything differs: `headcount usage rebuild` repairs it. For administrators.",
  route: "usage.verify",
  format: "table",
  options: sliceOptions,
  examples: [
    "headcount usage verify",
    "headcount usage verify --months-back 2 --sleep-between-slices 200ms",
    "headcount usage verify --from 2026-11-01 --to 2026-11-07 --output json",
  ],
  async run(cli, { options }) {
    const { sum } = await walkSlices(cli, options, (workspace, slice) =>
      cli.call("usage.verify", { workspace, ...slice }),
    );
    if (sum.differences.length > 0) cli.endWith(exitCodes.failure);
    return sum;
  },
  print(body, printer) {
    printComparison(body, printer);
    if (body.differences.length > 0) printer.hint("Repair it with `headcount usage rebuild`.");
  },
});
