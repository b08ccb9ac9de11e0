import { defineCommand } from "../command.ts";
import { findAgent } from "../find/find-agent.ts";
import { printAgentSkills } from "../skill/skill-words.ts";
import { agentArgument } from "./agent-options.ts";

export const agentSkillsCommand = defineCommand({
  name: "agent skills",
  summary: "List the skills of an agent",
  route: "agent-skills.list",
  format: "table",
  arguments: { agent: agentArgument },
  async run(cli, { argumentValues }) {
    const { id } = await findAgent(cli, argumentValues.agent);
    return cli.call("agent-skills.list", { workspace: await cli.workspace(), agentId: id });
  },
  print: ({ items }, printer) => printAgentSkills(items, printer),
});
