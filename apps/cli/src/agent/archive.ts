import { defineCommand } from "../command.ts";
import { findAgent } from "../find/find-agent.ts";
import { agentArgument } from "./agent-options.ts";

export const agentArchive = defineCommand({
  name: "agent archive",
  summary: "Hide an agent and cancel its unfinished tasks",
  route: "agents.archive",
  format: "table",
  arguments: { agent: agentArgument },
  async run(cli, { argumentValues }) {
    const agent = await findAgent(cli, argumentValues.agent);
    await cli.confirm(`Archive ${agent.name} and cancel its unfinished tasks?`);
    return cli.call("agents.archive", { workspace: await cli.workspace(), agentId: agent.id });
  },
  print(agent, printer) {
    printer.line(`${agent.name} was archived.`);
  },
});
