import { defineCommand } from "../command.ts";
import { formatCost } from "../output/format-cost.ts";
import { pageInput, pageOptions, printMore } from "../output/print-more.ts";
import { memberOption, whoseTank } from "./whose-tank.ts";

export const tankHistory = defineCommand({
  name: "tank history",
  summary: "List what was paid into the tank and corrected, newest first",
  route: "tank.entries",
  format: "table",
  options: {
    ...memberOption,
    ...pageOptions,
  },
  async run(cli, { options }) {
    const member = await whoseTank(cli, options.member);
    return cli.call("tank.entries", {
      workspace: await cli.workspace(),
      ...(member === null ? {} : { member }),
      ...pageInput(options),
    });
  },
  print(page, printer) {
    const short = printer.shortIds(page.items.map((entry) => entry.id));
    printer.table(page.items, [
      { title: "ENTRY", value: (entry) => short(entry.id) },
      { title: "AT", value: (entry) => entry.at.slice(0, 16) },
      { title: "AMOUNT", value: (entry) => formatCost(entry.amount), align: "right" },
      { title: "PAID IN", value: (entry) => formatCost(entry.filledAfter), align: "right" },
      { title: "BY", value: (entry) => entry.actor.name, shrinks: true },
      { title: "CORRECTS", value: (entry) => short(entry.corrects) },
      { title: "NOTE", value: (entry) => entry.note, shrinks: true },
    ]);
    printMore(page, printer);
    if (page.items.length === 0) printer.hint("Pay in: `headcount tank top-up 100`.");
  },
});
