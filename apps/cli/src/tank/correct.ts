import { randomUUID } from "node:crypto";
import type { TankEntryId } from "@headcount/contract/kit/ids";
import { defineCommand } from "../command.ts";
import { findOne } from "../find/find-one.ts";
import { printTank } from "./print-tank.ts";
import { memberOption, whoseTank } from "./whose-tank.ts";

export const tankCorrect = defineCommand({
  name: "tank correct",
  summary: "Put right an entry of the tank with another one that says why",
  details:
    "Entries are never changed or removed. --amount says what to add, or with a minus what to take away. For admins and owners.",
  route: "tank.correct",
  format: "table",
  arguments: { entry: { summary: "entry, as `headcount tank history` shows it" } },
  options: {
    ...memberOption,
    amount: { value: "USD", summary: "such as -900" },
    note: { value: "TEXT", summary: "why" },
    key: { value: "KEY", summary: "makes a repeat harmless; random unless stated" },
  },
  examples: ['headcount tank correct 019a1f2c --amount=-900 --note "One zero too many"'],
  async run(cli, { argumentValues, options }) {
    const workspace = await cli.workspace();
    const member = await whoseTank(cli, options.member);
    const { items } = await cli.call("tank.entries", {
      workspace,
      limit: 100,
      ...(member === null ? {} : { member }),
    });
    const named = items.map((entry) => ({ ...entry, name: entry.note }));
    const corrects: TankEntryId = findOne(named, argumentValues.entry, "tankEntry").id;
    return cli.call("tank.correct", {
      workspace,
      corrects,
      amount: options.amount ?? "",
      note: options.note ?? "",
      key: options.key ?? randomUUID(),
    });
  },
  print: ({ tank }, printer) => printTank(tank, printer),
});
