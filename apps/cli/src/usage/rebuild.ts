import { defineCommand } from "../command.ts";
import { exitCodes } from "../errors/cli-error.ts";
import { printComparison } from "./books/print-comparison.ts";
import { sliceOptions } from "./books/slice-options.ts";
import { walkSlices } from "./books/walk-slices.ts";

export const usageRebuild = defineCommand({
  name: "usage rebuild",
  summary: "Set every sum and budget to what the ledger says, day by day, while work goes on",
  details:
    "All of it unless a range is stated. Only what differs is written. It may be interrupted, repeated and run twice at once. For administrators; what it repairs is written into the audit log.",
  route: "usage.rebuild",
  format: "table",
  options: {
    ...sliceOptions,
    dryRun: { summary: "only show what would be repaired; ends with 1 when there is anything" },
  },
  examples: ["headcount usage rebuild --dry-run", "headcount usage rebuild --months-back 1"],
  async run(cli, { options }) {
    const isDry = options.dryRun === true;
    const { sum, found } = await walkSlices(cli, options, async (workspace, slice) =>
      isDry
        ? { ...(await cli.call("usage.verify", { workspace, ...slice })), repaired: 0 }
        : cli.call("usage.rebuild", { workspace, ...slice }),
    );
    if (isDry && sum.differences.length > 0) cli.endWith(exitCodes.failure);
    return { ...sum, repaired: found.reduce((all, one) => all + one.repaired, 0) };
  },
  print(body, printer) {
    printComparison(body, printer);
    if (body.differences.length > 0) printer.line(`${body.repaired} rows were repaired.`);
  },
});
