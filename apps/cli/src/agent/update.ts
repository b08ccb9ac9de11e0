import { defineCommand } from "../command.ts";
import { invalidUse } from "../errors/cli-error.ts";
import { findAgent } from "../find/find-agent.ts";
import { agentArgument, agentOptions, readAgentFields } from "./agent-options.ts";

export const agentUpdate = defineCommand({
  name: "agent update",
  summary: "Change an agent; affects tasks that start afterwards",
  route: "agents.update",
  arguments: { agent: agentArgument },
  options: agentOptions,
  examples: ["headcount agent update Ada --model default --max-tasks 2"],
  async run(cli, { argumentValues, options }) {
    const changes = await readAgentFields(cli, options);
    if (Object.keys(changes).length === 0) {
      throw invalidUse("Nothing to change was named.", "See `headcount agent update --help`.");
    }
    const { id } = await findAgent(cli, argumentValues.agent);
    return cli.call("agents.update", {
      ...changes,
      workspace: await cli.workspace(),
      agentId: id,
    });
  },
});
