import { defineCommand } from "../command.ts";
import { archivedInput, archivedOption } from "../output/archived-option.ts";

export const agentList = defineCommand({
  name: "agent list",
  summary: "List the agents that you may see",
  route: "agents.list",
  format: "table",
  options: archivedOption,
  run: async (cli, { options }) => cli.call("agents.list", await archivedInput(cli, options)),
  print({ items }, printer) {
    const short = printer.shortIds(items.map((agent) => agent.id));
    printer.table(items, [
      { title: "NAME", value: (agent) => agent.name, shrinks: true },
      { title: "STATE", value: (agent) => agent.presence },
      { title: "RUNNING", value: (agent) => agent.runningTasks, align: "right" },
      { title: "QUEUED", value: (agent) => agent.queuedTasks, align: "right" },
      { title: "MODEL", value: (agent) => agent.model, shrinks: true },
      { title: "ACCESS", value: (agent) => agent.access },
      { title: "ID", value: (agent) => short(agent.id) },
    ]);
  },
});
