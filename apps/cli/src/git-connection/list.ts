import { defineCommand } from "../command.ts";
import { deliveryOf } from "./connection-words.ts";

export const gitConnectionList = defineCommand({
  name: "git-connection list",
  summary: "List the git hosts that send their pull requests, and when they last did",
  details: "For admins and owners.",
  route: "git-connections.list",
  refusedInTask: true,
  format: "table",
  async run(cli) {
    return cli.call("git-connections.list", { workspace: await cli.workspace() });
  },
  print({ items }, printer) {
    const short = printer.shortIds(items.map(({ id }) => id));
    printer.table(items, [
      { title: "ID", value: ({ id }) => short(id) },
      { title: "NAME", value: ({ name }) => name, shrinks: true },
      { title: "HOST", value: ({ host }) => host },
      { title: "LAST DELIVERY", value: deliveryOf },
    ]);
    if (items.length === 0)
      printer.hint("Make the first one: `headcount git-connection create NAME`.");
  },
});
