import { defineCommand } from "../command.ts";
import { findAgent } from "../find/find-agent.ts";
import { agentArgument } from "./agent-options.ts";

export const agentEnvGet = defineCommand({
  name: "agent env get",
  summary: "Show the environment of an agent; the server notes who looked",
  route: "agents.get-environment",
  refusedInTask: true,
  arguments: { agent: agentArgument },
  async run(cli, { argumentValues }) {
    const { id } = await findAgent(cli, argumentValues.agent);
    return cli.call("agents.get-environment", { workspace: await cli.workspace(), agentId: id });
  },
  print({ variables }, printer) {
    for (const [name, value] of Object.entries(variables)) printer.line(`${name}=${value}`);
  },
});
