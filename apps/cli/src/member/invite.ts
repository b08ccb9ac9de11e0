import { defineCommand } from "../command.ts";

export const memberInvite = defineCommand({
  name: "member invite",
  summary: "Invite somebody by a link that you pass on",
  route: "invitations.create",
  format: "table",
  refusedInTask: true,
  arguments: { email: { summary: "address of the person" } },
  options: {
    role: { value: "ROLE", choices: ["member", "admin"], summary: "member unless stated" },
  },
  examples: ["headcount member invite ada@example.com --role admin"],
  async run(cli, { argumentValues, options }) {
    return cli.call("invitations.create", {
      workspace: await cli.workspace(),
      email: argumentValues.email,
      role: options.role === "admin" ? "admin" : "member",
    });
  },
  print({ invitation, url }, printer) {
    printer.line(url);
    printer.hint(`For ${invitation.email}, valid until ${invitation.expiresAt}.`);
  },
});
