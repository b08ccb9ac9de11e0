import { defineCommand } from "../command.ts";

export const memberList = defineCommand({
  name: "member list",
  summary: "List the people in the workspace",
  route: "members.list",
  format: "table",
  async run(cli) {
    return cli.call("members.list", { workspace: await cli.workspace() });
  },
  print({ items }, printer) {
    const short = printer.shortIds(items.map((member) => member.id));
    printer.table(items, [
      { title: "NAME", value: (member) => member.name, shrinks: true },
      { title: "EMAIL", value: (member) => member.email, shrinks: true },
      { title: "ROLE", value: (member) => member.role },
      { title: "JOINED", value: (member) => member.joinedAt.slice(0, 10) },
      { title: "ID", value: (member) => short(member.id) },
    ]);
  },
});
