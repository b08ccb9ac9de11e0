import { defineCommand } from "../command.ts";

export const agentList = defineCommand({
  name: "agent list",
  summary: "List the agents that you may see",
  route: "agents.list",
  format: "table",
  options: { archived: { summary: "the archived ones instead" } },
  async run(cli, { options }) {
    return cli.call("agents.list", {
      workspace: await cli.workspace(),
      ...(options.archived ? { archived: true } : {}),
    });
  },
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
