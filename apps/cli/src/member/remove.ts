import { defineCommand } from "../command.ts";
import { findOne } from "../find/find-one.ts";

export const memberRemove = defineCommand({
  name: "member remove",
  summary: "Remove a person from the workspace",
  details: "Their machines stop working for the workspace and their tasks there are cancelled.",
  route: "members.remove",
  format: "table",
  refusedInTask: true,
  arguments: { member: { summary: "name, email address or id" } },
  async run(cli, { argumentValues }) {
    const workspace = await cli.workspace();
    const { items } = await cli.call("members.list", { workspace });
    const byEmail = items.find(
      (item) => item.email.toLowerCase() === argumentValues.member.toLowerCase(),
    );
    const member = byEmail ?? findOne(items, argumentValues.member, "member");
    await cli.confirm(`Remove ${member.name} (${member.email}) from ${workspace}?`);
    await cli.call("members.remove", { workspace, memberId: member.id });
    return { removed: { id: member.id, name: member.name } };
  },
  print({ removed }, printer) {
    printer.line(`${removed.name} was removed.`);
  },
});
