import { defineCommand } from "../command.ts";

export const agentHeld = defineCommand({
  name: "agent held",
  summary: "List agents that the guard holds because they ran away",
  route: "runaway.holds",
  format: "table",
  options: { all: { summary: "also those that people have let go on" } },
  async run(cli, { options }) {
    const workspace = await cli.workspace();
    return cli.call("runaway.holds", { workspace, ...(options.all ? { lifted: true } : {}) });
  },
  print({ items }, printer) {
    printer.table(items, [
      { title: "AGENT", value: (hold) => hold.agentName, shrinks: true },
      { title: "SINCE", value: (hold) => hold.since.slice(0, 16) },
      { title: "UNTIL", value: (hold) => hold.liftedAt?.slice(0, 16) ?? "held" },
      { title: "WAITING", value: (hold) => String(hold.heldTasks), align: "right" },
      { title: "ISSUE", value: (hold) => hold.issueKey ?? "" },
      { title: "WHY", value: (hold) => printer.said(hold.detail), shrinks: true },
    ]);
  },
});
