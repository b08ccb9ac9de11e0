import { defineCommand } from "../command.ts";
import { findAgent } from "../find/find-agent.ts";
import { agentArgument } from "./agent-options.ts";

export const agentRestore = defineCommand({
  name: "agent restore",
  summary: "Bring an archived agent back, without its tasks",
  route: "agents.restore",
  format: "table",
  arguments: { agent: agentArgument },
  async run(cli, { argumentValues }) {
    const { id } = await findAgent(cli, argumentValues.agent, "archived");
    return cli.call("agents.restore", { workspace: await cli.workspace(), agentId: id });
  },
  print(agent, printer) {
    printer.line(`${agent.name} is back.`);
  },
});
