import { defineCommand } from "../command.ts";
import { printSecret } from "./connection-words.ts";

export const gitConnectionCreate = defineCommand({
  name: "git-connection create",
  summary: "Let GitHub send its pull requests; prints the address and secret to enter there",
  details:
    "The secret is shown once. One connection serves any number of repositories, or a whole organisation. For admins and owners.",
  route: "git-connections.create",
  refusedInTask: true,
  format: "table",
  arguments: { name: { summary: "what the team calls it" } },
  examples: ['headcount git-connection create "GitHub of acme"'],
  async run(cli, { argumentValues }) {
    return cli.call("git-connections.create", {
      workspace: await cli.workspace(),
      name: argumentValues.name,
    });
  },
  print: printSecret,
});
