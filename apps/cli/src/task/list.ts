import type { TaskStatus } from "@headcount/contract/tasks/states";
import { defineCommand } from "../command.ts";
import { findAgent } from "../find/find-agent.ts";
import { findRuntime } from "../find/find-runtime.ts";
import { readIssue } from "../issue/issue-words.ts";
import { pageInput, pageOptions, printMore } from "../output/print-more.ts";
import { printTasks } from "./task-table.ts";

const statuses = [
  "deferred",
  "queued",
  "dispatched",
  "waiting_directory",
  "running",
  "completed",
  "failed",
  "cancelled",
] as const satisfies readonly TaskStatus[];

export const taskList = defineCommand({
  name: "task list",
  summary: "List tasks, newest first",
  route: "tasks.list",
  format: "table",
  options: {
    agent: { value: "NAME", summary: "only of this agent" },
    issue: { value: "ISSUE", summary: "only of this issue" },
    runtime: { value: "NAME", summary: "only on this runtime" },
    status: { value: "STATUS", multiple: true, choices: statuses, summary: "only these" },
    ...pageOptions,
  },
  examples: ["headcount task list --status running,queued"],
  async run(cli, { options }) {
    const workspace = await cli.workspace();
    const { agent, issue, runtime, status } = options;
    return cli.call("tasks.list", {
      workspace,
      ...(agent === undefined ? {} : { agentId: (await findAgent(cli, agent)).id }),
      ...(issue === undefined
        ? {}
        : { issueId: (await cli.call("issues.get", { workspace, issue: readIssue(issue) })).id }),
      ...(runtime === undefined ? {} : { runtimeId: (await findRuntime(cli, runtime)).id }),
      // The parser has checked each word.
      ...(status === undefined ? {} : { status: [...status] as TaskStatus[] }),
      ...pageInput(options),
    });
  },
  print(page, printer) {
    printTasks(page.items, printer);
    printMore(page, printer);
  },
});
