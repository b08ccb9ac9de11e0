import { defineCommand } from "../command.ts";
import { findAgent } from "../find/find-agent.ts";
import { agentArgument } from "./agent-options.ts";

export const agentMcpGet = defineCommand({
  name: "agent mcp get",
  summary: "Show the MCP servers of an agent; the server notes who looked",
  route: "agents.get-mcp-servers",
  refusedInTask: true,
  arguments: { agent: agentArgument },
  async run(cli, { argumentValues }) {
    const { id } = await findAgent(cli, argumentValues.agent);
    return cli.call("agents.get-mcp-servers", { workspace: await cli.workspace(), agentId: id });
  },
  print(reply, printer) {
    if (reply.mcpServers === null) printer.line("Those of the machine that it runs on.");
    else printer.line(JSON.stringify(reply, null, 2));
  },
});
