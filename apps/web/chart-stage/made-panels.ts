import { comparedRange } from "@headcount/domain/charts/compared-range";
import { splitAtGaps } from "@headcount/domain/charts/split-at-gaps";
import type { TimeRange } from "@headcount/domain/usage/query/cut-time";
import type {
  ChartAnnotation,
  ComparisonChoice,
  TimeSeriesPanel,
} from "../src/charts/time-series/chart-types.ts";
import { formatMoney } from "../src/ui/format-money.ts";
import { formatTokens } from "../src/ui/format-tokens.ts";

export const zone = "Europe/Berlin";
/** A fixed now, so that every picture is the same. */
export const nowMs = Date.parse("2026-11-21T13:02:20Z");
export const hourMs = 3_600_000;
export const dayMs = 24 * hourMs;

/** The same number for the same place, from 0 to 1. */
export function noise(place: number): number {
  const sine = Math.sin(place * 12.9898) * 43_758.5453;
  return sine - Math.floor(sine);
}

/** Work is done by day and rests at night. */
function dayShape(atMs: number): number {
  const hour = ((atMs + hourMs) % dayMs) / hourMs;
  return Math.max(0.05, Math.sin(((hour - 6) / 16) * Math.PI));
}

function bucketMsOf(range: TimeRange): number {
  return range.toMs - range.fromMs > 5 * dayMs ? hourMs : 300_000;
}

function bucketsOf(range: TimeRange): readonly number[] {
  const bucketMs = bucketMsOf(range);
  const firstMs = Math.floor(range.fromMs / bucketMs) * bucketMs;
  const count = Math.ceil((range.toMs - firstMs) / bucketMs);
  return Array.from({ length: count }, (_, index) => firstMs + index * bucketMs);
}

/** End of the last bucket of a range. */
function endOf(range: TimeRange): number {
  return Math.ceil(range.toMs / bucketMsOf(range)) * bucketMsOf(range);
}

/** Three panels: stacked bars with a partial bucket, lines with a gap, and a sum with its limit. */
export function madePanels(range: TimeRange, choice: ComparisonChoice): readonly TimeSeriesPanel[] {
  const known = { fromMs: range.fromMs, toMs: Math.min(range.toMs, nowMs) };
  return [tokensPanel(known), agentsPanel(known), costPanel(known, range, choice)];
}

function tokensPanel(range: TimeRange): TimeSeriesPanel {
  const timesMs = bucketsOf(range);
  const values = (seed: number, size: number) =>
    timesMs.map((atMs) => Math.round(size * dayShape(atMs) * (0.4 + noise(atMs / 300_000 + seed))));
  return {
    id: "tokens",
    label: "Tokens",
    unit: "per 5 minutes",
    style: "bars",
    timesMs,
    endsAtMs: endOf(range),
    partialFromMs: nowMs,
    series: [
      { id: "read", label: "Cache read", colour: "var(--series-5)", values: values(1, 900_000) },
      { id: "write", label: "Cache write", colour: "var(--series-1)", values: values(2, 240_000) },
      { id: "input", label: "Input", colour: "var(--series-3)", values: values(3, 160_000) },
      { id: "output", label: "Output", colour: "var(--series-2)", values: values(4, 90_000) },
    ],
    formatValue: (value) => formatTokens(Math.round(value)),
    formatExact: (value) => String(Math.round(value)),
  };
}

function agentsPanel(range: TimeRange): TimeSeriesPanel {
  const stepMs = range.toMs - range.fromMs > dayMs ? 15 * 60_000 : 60_000;
  const times = Array.from(
    { length: Math.ceil((range.toMs - range.fromMs) / stepMs) },
    (_, index) => range.fromMs + index * stepMs,
  ).filter((atMs) => atMs < nowMs - 5 * hourMs || atMs > nowMs - 3.5 * hourMs);
  const values = (seed: number, size: number) =>
    times.map((atMs) => Math.round(size * dayShape(atMs) * (0.6 + noise(atMs / 1_800_000 + seed))));
  const samples = splitAtGaps(times, [values(5, 14), values(6, 9), values(7, 5)], stepMs * 3);
  const [active = [], queued = [], waiting = []] = samples.values;
  return {
    id: "agents",
    label: "Agents",
    unit: "at work",
    style: "line",
    timing: "sample",
    timesMs: samples.timesMs,
    endsAtMs: range.toMs,
    partialFromMs: null,
    series: [
      { id: "active", label: "Active", colour: "var(--running)", values: active },
      { id: "queued", label: "Queued", colour: "var(--queued)", values: queued },
      { id: "waiting", label: "Waiting", colour: "var(--waiting)", values: waiting },
    ],
    formatValue: (value) => String(Math.round(value * 10) / 10),
  };
}

function costPanel(known: TimeRange, range: TimeRange, choice: ComparisonChoice): TimeSeriesPanel {
  const timesMs = bucketsOf(known);
  const compared =
    choice === "none" ? null : bucketsOf(comparedRange({ with: choice, zone, range }));
  return {
    id: "cost",
    label: "Cost today",
    unit: "US$",
    style: "area",
    timesMs,
    endsAtMs: endOf(known),
    partialFromMs: nowMs,
    series: [
      { id: "cost", label: "Cost", colour: "var(--series-3)", values: timesMs.map(costSoFar) },
    ],
    formatValue: formatMoney,
    limit: {
      value: 60,
      label: "Limit $60",
      resetsAtMs: [Date.parse("2026-11-20T23:00:00Z"), Date.parse("2026-11-21T23:00:00Z")],
      projection: {
        fromMs: nowMs,
        fromValue: costSoFar(nowMs),
        toMs: Date.parse("2026-11-21T23:00:00Z"),
        toValue: costSoFar(nowMs) * 1.5,
        lowValue: costSoFar(nowMs) * 1.3,
        highValue: costSoFar(nowMs) * 1.8,
      },
    },
    comparison:
      compared === null
        ? null
        : {
            label: choice === "previous" ? "Period before" : "Same weekday",
            timesMs: compared,
            values: compared.map((atMs) => costSoFar(atMs) * 0.8),
          },
  };
}

/** Dollars since the last midnight in Berlin. */
function costSoFar(atMs: number): number {
  const sinceMs = (atMs + hourMs) % dayMs;
  return Math.round((sinceMs / hourMs) * 2.6 * 100 + noise(Math.floor(atMs / dayMs)) * 40) / 100;
}

export const madeAnnotations: readonly ChartAnnotation[] = [
  { id: "a", atMs: nowMs - 9 * hourMs, kind: "task_started", text: "Ada started ACME-12." },
  { id: "b", atMs: nowMs - 8.9 * hourMs, kind: "task_ended", text: "Ada finished ACME-12." },
  { id: "c", atMs: nowMs - 5 * hourMs, kind: "daemon_lost", text: "Machine build-1 was lost." },
  { id: "d", atMs: nowMs - 2 * hourMs, kind: "price_changed", text: "A price of sonnet changed." },
  {
    id: "e",
    atMs: nowMs - 1 * hourMs,
    kind: "budget_changed",
    text: "The daily limit is $60 now.",
  },
];
