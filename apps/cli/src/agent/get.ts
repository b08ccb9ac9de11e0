import { defineCommand } from "../command.ts";
import { findAgent } from "../find/find-agent.ts";
import { agentArgument } from "./agent-options.ts";

export const agentGet = defineCommand({
  name: "agent get",
  summary: "Show one agent",
  route: "agents.get",
  arguments: { agent: agentArgument },
  async run(cli, { argumentValues }) {
    const { id } = await findAgent(cli, argumentValues.agent);
    return cli.call("agents.get", { workspace: await cli.workspace(), agentId: id });
  },
  print(agent, printer) {
    printer.fields([
      ["Name", agent.name],
      ["Description", agent.description],
      ["State", agent.presence],
      ["Ready", agent.readiness.detail ?? agent.readiness.verdict],
      ["Runtime", agent.runtimeId],
      ["Model", agent.model],
      ["Effort", agent.effort],
      ["Access", agent.access],
      ["Owner", agent.owner.name],
      ["Tasks", `${agent.runningTasks} running, ${agent.queuedTasks} queued`],
      ["At once", agent.limits.maxConcurrentTasks],
      ["Environment", agent.environmentKeys.join(", ")],
      ["MCP servers", agent.mcpServerNames?.join(", ") ?? "of its machine"],
      ["Id", agent.id],
    ]);
    if (agent.instructions !== "") printer.line(`\n${agent.instructions}`);
  },
});
