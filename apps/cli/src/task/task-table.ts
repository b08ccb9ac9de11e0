import type { Task } from "@headcount/contract/tasks/schemas";
import { formatCost } from "../output/format-cost.ts";
import type { Printer } from "../output/printer.ts";
import { describeState } from "./task-state.ts";

/** The usual columns of lists of tasks. */
export function printTasks(items: readonly Task[], printer: Printer): void {
  const now = new Date();
  const short = printer.shortIds(items.map((task) => task.id));
  printer.table(items, [
    { title: "ID", value: (task) => short(task.id) },
    { title: "ISSUE", value: (task) => task.issueKey },
    { title: "AGENT", value: (task) => task.agentName, shrinks: true },
    { title: "STATUS", value: (task) => describeState(task, now) },
    { title: "OUTCOME", value: (task) => task.outcome },
    { title: "QUEUED", value: (task) => task.queuedAt.slice(5, 16).replace("T", " ") },
    { title: "TOKENS", value: (task) => task.usage.tokens.total, align: "right" },
    { title: "COST", value: (task) => formatCost(task.costUsd), align: "right" },
  ]);
}
