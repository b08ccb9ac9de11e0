import { defineCommand } from "../command.ts";
import { findRuntime } from "../find/find-runtime.ts";

export const runtimeDelete = defineCommand({
  name: "runtime delete",
  summary: "Forget a runtime that no agent uses",
  route: "runtimes.delete",
  format: "table",
  arguments: { runtime: { summary: "name or id" } },
  options: {
    removeFromAgents: {
      summary: "take it away from its agents first and cancel their tasks on it",
    },
  },
  async run(cli, { argumentValues, options }) {
    const runtime = await findRuntime(cli, argumentValues.runtime);
    const workspace = await cli.workspace();
    const path = { workspace, runtimeId: runtime.id };
    const users = runtime.agents.map((agent) => agent.name).join(", ");
    if (options.removeFromAgents && runtime.agents.length > 0) {
      await cli.confirm(`Take ${runtime.name} away from ${users} and forget it?`);
      const agentIds = runtime.agents.map((agent) => agent.id);
      return cli.call("runtimes.remove-and-delete", { ...path, agentIds });
    }
    await cli.confirm(`Forget ${runtime.name}?`);
    await cli.call("runtimes.delete", path);
    return { unboundAgents: 0, cancelledTasks: 0 };
  },
  print({ unboundAgents, cancelledTasks }, printer) {
    const also =
      unboundAgents > 0
        ? ` Agents without it: ${unboundAgents}; tasks cancelled: ${cancelledTasks}.`
        : "";
    printer.line(`Forgotten.${also}`);
  },
});
