import { defineCommand } from "../command.ts";
import { findAgent } from "../find/find-agent.ts";
import { requireOption } from "../input/require-option.ts";
import { accessOptions, readAccess, readAllowed } from "./access-words.ts";
import { agentArgument } from "./agent-options.ts";

export const agentAccessSet = defineCommand({
  name: "agent access set",
  summary: "Decide who may give an agent work",
  route: "agents.set-access",
  format: "table",
  arguments: { agent: agentArgument },
  options: accessOptions,
  examples: [
    "headcount agent access set Ada --access workspace",
    "headcount agent access set Ada --access allow_list --allow Bob --allow Eve",
  ],
  async run(cli, { argumentValues, options }) {
    const access = readAccess(requireOption("access", options.access));
    const { id } = await findAgent(cli, argumentValues.agent);
    return cli.call("agents.set-access", {
      workspace: await cli.workspace(),
      agentId: id,
      access,
      allowedMemberIds: await readAllowed(cli, options.allow),
    });
  },
  print(agent, printer) {
    const extra =
      agent.access === "allow_list" ? ` (${agent.allowedMemberIds.length} members)` : "";
    printer.line(`${agent.name} takes work from: ${agent.access}${extra}.`);
  },
});
