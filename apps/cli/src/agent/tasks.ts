import { defineCommand } from "../command.ts";
import { findAgent } from "../find/find-agent.ts";
import { pageInput, pageOptions, printMore } from "../output/print-more.ts";
import { printTasks } from "../task/task-table.ts";
import { agentArgument } from "./agent-options.ts";

export const agentTasks = defineCommand({
  name: "agent tasks",
  summary: "List the tasks of an agent, newest first",
  route: "tasks.list",
  format: "table",
  arguments: { agent: agentArgument },
  options: { ...pageOptions },
  async run(cli, { argumentValues, options }) {
    const { id } = await findAgent(cli, argumentValues.agent);
    const workspace = await cli.workspace();
    return cli.call("tasks.list", { workspace, agentId: id, ...pageInput(options) });
  },
  print(page, printer) {
    printTasks(page.items, printer);
    printMore(page, printer);
  },
});
