import { defineCommand } from "../command.ts";
import { findAgent } from "../find/find-agent.ts";
import { agentArgument } from "./agent-options.ts";

export const agentAccessGet = defineCommand({
  name: "agent access get",
  summary: "Show who may give an agent work",
  route: "agents.get",
  arguments: { agent: agentArgument },
  async run(cli, { argumentValues }) {
    const { access, allowedMemberIds, owner } = await findAgent(cli, argumentValues.agent);
    return { access, allowedMemberIds, owner };
  },
});
