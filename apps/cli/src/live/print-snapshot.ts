import type { LiveGauges } from "@headcount/contract/live/gauge-schemas";
import type { LiveSnapshot, LiveTask } from "@headcount/contract/live/snapshot-schemas";
import { drawBar } from "../output/draw-bar.ts";
import { formatCost } from "../output/format-cost.ts";
import { formatCount } from "../output/format-count.ts";
import { formatSpan } from "../output/format-span.ts";
import type { Printer } from "../output/printer.ts";

const barColumns = 20;

/** The gauges, who is at work and what waits, on one screen. */
export function printSnapshot(snapshot: LiveSnapshot, printer: Printer): void {
  const { gauges, work, queue, asOf } = snapshot;
  printer.table(gaugeRows(gauges), [
    { title: "NOW", value: ({ name }) => name },
    { title: "", value: ({ figure }) => figure, align: "right" },
    { title: "", value: ({ share }) => drawBar(share, barColumns, printer.ink), empty: "" },
    { title: "", value: ({ note }) => note, empty: "", shrinks: true },
  ]);
  printer.line("");
  printTasks(`AT WORK (${work.total})`, work.items, { printer, asOf, column: workColumn });
  printer.line("");
  printTasks(`WAITING (${queue.total})`, queue.items, { printer, asOf, column: queueColumn });
}

type GaugeLine = {
  readonly name: string;
  readonly figure: string;
  /** Of the scale; null draws nothing. */
  readonly share: number;
  readonly note: string;
};

function gaugeRows({ oneMinute, fiveMinutes, oneHour, state, scales, ...rest }: LiveGauges) {
  const tokens = Number(oneMinute.tokens.total);
  const cost = Number(oneMinute.costUsd ?? 0) * 60;
  const lines = (fiveMinutes.linesAdded + fiveMinutes.linesDeleted) * 12;
  const { tasksEnded, tasksFailed } = oneHour;
  return [
    gauge("tokens/min", formatCount(tokens), share(tokens, scales.tokensPerMinute), {
      note: `${formatCount(Number(fiveMinutes.tokens.total) / 5)} over 5 min`,
    }),
    gauge("cost/h", formatCost(String(cost)), share(cost, scales.costPerHourUsd), {
      note: `${formatCost(oneHour.costUsd) || "unpriced"} in the last hour`,
    }),
    gauge("lines/h", formatCount(lines), share(lines, scales.linesPerHour), {
      note: `+${oneHour.linesAdded} -${oneHour.linesDeleted} in the last hour`,
    }),
    gauge("runs", String(state.runningTasks), share(state.runningTasks, state.capacity || null), {
      note: `of ${state.capacity} slots, ${state.activeAgents} agents, ${state.queueDepth} waiting`,
    }),
    gauge("failed", `${tasksFailed}`, tasksEnded === 0 ? 0 : tasksFailed / tasksEnded, {
      note: `of ${tasksEnded} in the last hour; ${rest.issuesClosedToday} issues closed today`,
    }),
  ];
}

function gauge(
  name: string,
  figure: string,
  of: number,
  { note }: { readonly note: string },
): GaugeLine {
  return { name, figure, share: of, note };
}

/** Along a scale that ends where the workspace's own busy moments do. */
function share(value: number, scale: number | null): number {
  return scale === null || scale <= 0 ? 0 : Math.min(1, value / scale);
}

type Shown = {
  readonly printer: Printer;
  readonly asOf: string;
  readonly column: (task: LiveTask) => string;
};

function printTasks(title: string, tasks: readonly LiveTask[], shown: Shown): void {
  const { printer, asOf, column } = shown;
  if (tasks.length === 0) return printer.line(title);
  const since = (task: LiveTask): string =>
    formatSpan(Math.max(0, Date.parse(asOf) - Date.parse(task.startedAt ?? task.queuedAt)));
  printer.table(tasks, [
    { title, value: ({ agentName }) => agentName },
    { title: "ISSUE", value: (task) => `${task.issueKey} ${task.issueTitle}`, shrinks: true },
    { title: "", value: column, shrinks: true, empty: "" },
    { title: "SINCE", value: since, align: "right" },
    { title: "COST", value: ({ costUsd }) => formatCost(costUsd), align: "right", empty: "" },
  ]);
}

const workColumn = ({ activity }: LiveTask): string => activity ?? "";
const queueColumn = ({ waiting, status }: LiveTask): string => waiting?.detail ?? status;
