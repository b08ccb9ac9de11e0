import { randomUUID } from "node:crypto";
import { defineCommand } from "../command.ts";
import { printTank } from "./print-tank.ts";
import { memberOption, whoseTank } from "./whose-tank.ts";

export const tankTopUp = defineCommand({
  name: "tank top-up",
  summary: "Pay into the tank; what waited for it goes on at once",
  details:
    "The first top-up makes the tank: what is billed counts from then on. Give the number of an invoice as --key, and paying in twice by accident changes nothing. For admins and owners.",
  route: "tank.top-up",
  format: "table",
  arguments: { amount: { summary: "US dollars, such as 250 or 12.50" } },
  options: {
    ...memberOption,
    note: { value: "TEXT", summary: "why, for the team" },
    key: { value: "KEY", summary: "makes a repeat harmless; random unless stated" },
  },
  examples: ['headcount tank top-up 500 --key invoice-2026-112 --note "November"'],
  async run(cli, { argumentValues, options }) {
    return cli.call("tank.top-up", {
      workspace: await cli.workspace(),
      member: await whoseTank(cli, options.member),
      amount: argumentValues.amount,
      note: options.note ?? "",
      key: options.key ?? randomUUID(),
    });
  },
  print: ({ tank }, printer) => printTank(tank, printer),
});
