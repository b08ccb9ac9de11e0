import type {
  LiveSeries,
  LiveSeriesReply,
  LiveTimes,
} from "@headcount/contract/live/series-schemas";
import type { LiveMetric } from "@headcount/contract/live/words";
import type {
  ComparisonLine,
  TimeSeries,
  TimeSeriesPanel,
} from "../../charts/time-series/chart-types.ts";
import type { Catalogue } from "../../i18n/catalogue.ts";
import { formatMoney } from "../../ui/format-money.ts";
import { formatExactTokens, formatTokens } from "../../ui/format-tokens.ts";
import type { LivePanel } from "../live-search.ts";
import type { KnownSeries } from "../load-series.ts";
import { budgetPanel } from "./budget-panel.ts";
import type { ShownBudget } from "./shown-budget.ts";

/** What the three panels need, by what the lowest one shows. */
export const metricsOf: Readonly<Record<LivePanel, readonly LiveMetric[]>> = {
  agents: ["running_tasks", "capacity", "queue_depth"],
  lines: ["lines_added", "lines_deleted"],
  tasks: ["tasks", "failures"],
  // What budgets count is always there.
  budget: [],
};
export const alwaysShown: readonly LiveMetric[] = [
  "tokens",
  "input",
  "cache_read",
  "cache_write",
  "output",
  "cost",
  "notional",
];

type Shown = {
  readonly known: KnownSeries;
  readonly panel: LivePanel;
  readonly text: Catalogue;
  /** What the comparison is called, where there is one. */
  readonly comparedWith: string;
  /** What counts just what is shown, where there is one. */
  readonly budget: ShownBudget | null;
  /** Twice as large on a wall. */
  readonly height: number;
};

/** The three panels of the page, from what the server has answered. */
export function panelsOf(shown: Shown): readonly TimeSeriesPanel[] {
  return [tokenPanel(shown), costPanel(shown), lowestPanel(shown)];
}

function tokenPanel(shown: Shown): TimeSeriesPanel {
  const { live } = shown.text;
  return {
    ...frame(shown, "sums", "tokens"),
    id: "tokens",
    label: live.tokens,
    unit: live.perBucket[shown.known.reply.sums.times.bucket]({ unit: live.tokenUnit }),
    style: "bars",
    series: [
      series(shown, "cache_read", live.cacheRead, "var(--series-5)"),
      series(shown, "cache_write", live.cacheWrite, "var(--series-1)"),
      series(shown, "input", live.input, "var(--series-3)"),
      series(shown, "output", live.output, "var(--series-2)"),
    ],
    formatValue: tokensText,
    formatExact: (value) => formatExactTokens(BigInt(Math.round(value))),
  };
}

function costPanel(shown: Shown): TimeSeriesPanel {
  const { live } = shown.text;
  const billed = series(shown, "cost", live.billed, "var(--series-2)");
  const notional = series(shown, "notional", live.notionalCost, "var(--series-7)");
  const hasNotional = valuesOf(shown.known.reply, "notional").some(
    (value) => value !== null && value > 0,
  );
  return {
    ...frame(shown, "sums", "cost"),
    id: "cost",
    label: live.cost,
    unit: live.perBucket[shown.known.reply.sums.times.bucket]({ unit: "US$" }),
    style: "bars",
    series: hasNotional ? [billed, { ...notional, unpriced: true }] : [billed],
    formatValue: formatMoney,
  };
}

function lowestPanel(shown: Shown): TimeSeriesPanel {
  const { live } = shown.text;
  switch (shown.panel) {
    case "agents":
      return {
        ...frame(shown, "levels", "running_tasks"),
        id: "agents",
        label: live.atWork,
        unit: live.runUnit,
        style: "line",
        series: [
          series(shown, "running_tasks", live.atWork, "var(--running)"),
          series(shown, "queue_depth", live.queueDepth, "var(--waiting)"),
          series(shown, "capacity", live.capacity, "var(--series-other)"),
        ],
        formatValue: decimalText,
      };
    case "budget":
      return { ...budgetPanel(shown), id: "budget" };
    case "lines":
      return {
        ...frame(shown, "levels", "lines_added"),
        id: "lines",
        label: live.lines,
        unit: live.perBucket[shown.known.reply.levels.times.bucket]({ unit: live.lineUnit }),
        style: "line",
        series: [
          series(shown, "lines_added", live.linesAdded, "var(--done)"),
          series(shown, "lines_deleted", live.linesDeleted, "var(--failed)"),
        ],
        formatValue: decimalText,
      };
    case "tasks":
      return {
        ...frame(shown, "sums", "tasks"),
        id: "tasks",
        label: live.tasks,
        unit: live.perBucket[shown.known.reply.sums.times.bucket]({ unit: live.taskUnit }),
        style: "line",
        series: [
          series(shown, "tasks", live.tasksEnded, "var(--done)"),
          series(shown, "failures", live.tasksFailed, "var(--failed)"),
        ],
        formatValue: decimalText,
      };
  }
}

type Frame = Pick<
  TimeSeriesPanel,
  "timesMs" | "endsAtMs" | "partialFromMs" | "comparison" | "height"
>;

function frame(shown: Shown, group: "sums" | "levels", compared: LiveMetric): Frame {
  const { times } = shown.known.reply[group];
  const { partialFrom } = shown.known.reply;
  return {
    timesMs: msOf(times),
    endsAtMs: Date.parse(times.endsAt),
    partialFromMs: partialFrom === null ? null : Date.parse(partialFrom),
    comparison: comparisonOf(shown, group, compared),
    height: shown.height,
  };
}

function comparisonOf(
  { known: { reply }, comparedWith }: Shown,
  group: "sums" | "levels",
  metric: LiveMetric,
): ComparisonLine | null {
  const { comparison } = reply;
  const found = comparison?.[group].series.find((one) => one.metric === metric);
  if (comparison === null || found === undefined) return null;
  return {
    label: comparedWith,
    timesMs: msOf(comparison[group].times),
    values: numbersOf(found),
  };
}

function series(shown: Shown, metric: LiveMetric, label: string, colour: string): TimeSeries {
  return { id: metric, label, colour, values: valuesOf(shown.known.reply, metric) };
}

function valuesOf(reply: LiveSeriesReply, metric: LiveMetric): readonly (number | null)[] {
  const found = [...reply.sums.series, ...reply.levels.series].find((one) => one.metric === metric);
  return found === undefined ? [] : numbersOf(found);
}

/** Figures become floats only here, where they are drawn. */
const numbersOf = ({ values }: LiveSeries): readonly (number | null)[] =>
  values.map((value) => (value === null ? null : Number(value)));

const msOf = ({ startsAt }: LiveTimes): readonly number[] =>
  startsAt.map((instant) => Date.parse(instant));

const tokensText = (value: number): string => formatTokens(BigInt(Math.round(value)));

function decimalText(value: number): string {
  return String(Math.round(value * 100) / 100);
}
