import type { UsageFigures } from "@headcount/contract/usage/query-schemas";
import type { TaskShare, TaskSharesReply } from "@headcount/contract/usage/task-share-schemas";
import type { Printer } from "../output/printer.ts";
import { figureText, titleOf } from "./query-columns.ts";

type Row = {
  readonly task: string;
  readonly issue: string;
  readonly agent: string;
  readonly state: string;
  readonly metrics: UsageFigures;
};

const others: Readonly<Record<TaskShare["kind"], string>> = {
  value: "task",
  deleted: "a task that is gone",
  private: "agents that you may not see",
  unmanaged: "sessions without Headcount",
};

/** A row per task, what the limit left out, and the figure that they sum to. */
export function printTaskShares(reply: TaskSharesReply, printer: Printer): void {
  const { items, metrics, totals, rest, rowCount, nextCursor } = reply;
  const short = printer.shortIds(items.flatMap(({ taskId }) => taskId ?? []));
  const rows = items.map((share): Row => rowOf(share, short));
  const sums = (task: string, figures: UsageFigures): Row => ({
    task,
    issue: "",
    agent: "",
    state: "",
    metrics: figures,
  });
  const left = nextCursor === null ? [] : [sums(`${rowCount - items.length} more`, rest)];
  if (rows.length === 0) return printer.table(rows, []);
  printer.table(
    [...rows, ...left, sums("total", totals)],
    [
      { title: "TASK", value: (row) => row.task },
      { title: "ISSUE", value: (row) => row.issue, shrinks: true, empty: "" },
      { title: "AGENT", value: (row) => row.agent, empty: "" },
      { title: "STATE", value: (row) => row.state, empty: "" },
      ...metrics.map((metric) => ({
        title: titleOf(metric),
        value: (row: Row) => figureText(metric, row.metrics[metric] ?? null),
        align: "right" as const,
      })),
    ],
  );
}

function rowOf(share: TaskShare, short: (id: string) => string): Row {
  const { issue, agent, taskId, kind, metrics } = share;
  return {
    task: taskId === null ? "" : short(taskId),
    issue: issue === null ? others[kind] : `${issue.key} ${issue.title}`,
    agent: agent?.name ?? "",
    state: share.outcome ?? share.status ?? "",
    metrics,
  };
}
