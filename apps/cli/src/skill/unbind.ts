import { defineCommand } from "../command.ts";
import { findAgent } from "../find/find-agent.ts";
import { findSkill } from "../find/find-skill.ts";
import { requireOption } from "../input/require-option.ts";
import { agentOption, printAgentSkills, skillArgument } from "./skill-words.ts";

export const skillUnbind = defineCommand({
  name: "skill unbind",
  summary: "Take a skill from an agent",
  route: "agent-skills.unbind",
  format: "table",
  arguments: { skill: skillArgument },
  options: { agent: agentOption },
  async run(cli, { argumentValues, options }) {
    const skill = await findSkill(cli, argumentValues.skill);
    const agent = await findAgent(cli, requireOption("agent", options.agent));
    return cli.call("agent-skills.unbind", {
      workspace: await cli.workspace(),
      agentId: agent.id,
      skillId: skill.id,
    });
  },
  print: ({ items }, printer) => printAgentSkills(items, printer),
});
