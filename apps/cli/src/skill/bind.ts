import { defineCommand } from "../command.ts";
import { findAgent } from "../find/find-agent.ts";
import { findSkill } from "../find/find-skill.ts";
import { requireOption } from "../input/require-option.ts";
import { agentOption, printAgentSkills, skillArgument } from "./skill-words.ts";

export const skillBind = defineCommand({
  name: "skill bind",
  summary: "Give an agent a skill, or switch it off and on again",
  route: "agent-skills.bind",
  format: "table",
  arguments: { skill: skillArgument },
  options: {
    agent: agentOption,
    disabled: { summary: "keep it with the agent, but do not give it to runs" },
  },
  examples: ["headcount skill bind Review --agent Ada"],
  async run(cli, { argumentValues, options }) {
    const skill = await findSkill(cli, argumentValues.skill);
    const agent = await findAgent(cli, requireOption("agent", options.agent));
    return cli.call("agent-skills.bind", {
      workspace: await cli.workspace(),
      agentId: agent.id,
      skillId: skill.id,
      enabled: options.disabled !== true,
    });
  },
  print: ({ items }, printer) => printAgentSkills(items, printer),
});
