import type { OutputOf } from "@headcount/contract/kit/route";
import type { usage } from "@headcount/contract/usage/routes";
import type { Printer } from "../output/printer.ts";
import { printUsage } from "./print-usage.ts";
import { barColumn, tokensOf, usageColumns } from "./usage-columns.ts";

/** What an issue used by model, then by task. */
export function printIssueUsage(body: OutputOf<typeof usage.issue>, printer: Printer): void {
  printUsage(body, printer);
  if (body.byTask.length === 0) return;
  const short = printer.shortIds(body.byTask.map((task) => task.taskId));
  printer.line("");
  printer.table(body.byTask, [
    { title: "TASK", value: (task) => short(task.taskId) },
    ...usageColumns(),
    barColumn(body.byTask, tokensOf, printer.ink),
  ]);
}
