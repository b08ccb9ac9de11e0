import type { IssueSummary } from "@headcount/contract/issues/schemas";
import type { Printer } from "../output/printer.ts";
import { formatCost } from "../output/format-cost.ts";

/** The usual columns of lists of issues. */
export function printIssues(items: readonly IssueSummary[], printer: Printer): void {
  printer.table(items, [
    { title: "KEY", value: (issue) => issue.key },
    { title: "STATUS", value: (issue) => issue.status },
    { title: "PRIORITY", value: (issue) => (issue.priority === "none" ? "" : issue.priority) },
    { title: "TITLE", value: (issue) => issue.title, shrinks: true },
    { title: "ASSIGNEE", value: (issue) => issue.assignee?.name, shrinks: true },
    { title: "COST", value: (issue) => formatCost(issue.costUsd), align: "right" },
  ]);
}
