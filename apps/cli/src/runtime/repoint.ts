import { defineCommand } from "../command.ts";
import { findRuntime } from "../find/find-runtime.ts";

export const runtimeRepoint = defineCommand({
  name: "runtime repoint",
  summary: "Move everything of a runtime whose machine is gone to another one of the same CLI",
  route: "runtimes.repoint",
  format: "table",
  arguments: {
    from: { summary: "name or id of the runtime that is not online" },
    to: { summary: "name or id of the runtime that takes over" },
  },
  examples: ["headcount runtime repoint old-laptop new-laptop"],
  async run(cli, { argumentValues }) {
    const from = await findRuntime(cli, argumentValues.from);
    const to = await findRuntime(cli, argumentValues.to);
    await cli.confirm(`Move the agents, the tasks and the usage of ${from.name} to ${to.name}?`);
    const workspace = await cli.workspace();
    return cli.call("runtimes.repoint", { workspace, runtimeId: from.id, toRuntimeId: to.id });
  },
  print({ movedAgents, movedTasks }, printer) {
    printer.line(`Moved. Agents: ${movedAgents}; tasks: ${movedTasks}.`);
  },
});
