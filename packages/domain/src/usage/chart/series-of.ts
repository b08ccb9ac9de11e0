import type { UsageFigure, UsageQueryReply } from "@headcount/contract/usage/query-schemas";
import type { UsageMetric } from "@headcount/contract/usage/query-words";
import type { UsageKeyKind } from "@headcount/contract/usage/schemas";

/** What one colour of a chart stands for. */
export type UsageSeries = {
  /** Tells it from all others of the chart, and is the same in every answer. */
  readonly id: string;
  readonly kind: UsageKeyKind;
  /** Id or name of the thing; null where the kind says it all. */
  readonly value: string | null;
  readonly label: string;
};

/** One bucket of time with the figures of each series, as exact as the books tell them. */
export type UsageBar = {
  readonly startsAt: string;
  readonly endsAt: string;
  /** By the calendar of the zone. */
  readonly label: string;
  /** Cut by the range, or not over yet. */
  readonly partial: boolean;
  /** By the id of the series; a missing one is zero. */
  readonly figures: Readonly<Record<string, UsageFigure>>;
};

/** The series are in the order in which they are stacked: the largest first, what is left last. */
export type StackedUsage = {
  readonly series: readonly UsageSeries[];
  readonly bars: readonly UsageBar[];
};

type Reply = Pick<UsageQueryReply, "rows" | "times">;

/** Series of an answer that is grouped by time and one thing more. */
export function seriesOf(reply: Reply, metric: UsageMetric): StackedUsage {
  const found = new Map<string, UsageSeries & { sum: number }>();
  const figures = new Map<string, Record<string, UsageFigure>>();
  for (const { keys, metrics } of reply.rows) {
    const [time, key] = keys;
    const figure = metrics[metric] ?? null;
    const at = time?.value ?? null;
    if (at === null || key === undefined || isZero(figure)) continue;
    const id = `${key.kind}:${key.value ?? ""}`;
    const known = found.get(id) ?? { id, ...key, sum: 0 };
    found.set(id, { ...known, sum: known.sum + Number(figure) });
    figures.set(at, { ...figures.get(at), [id]: figure });
  }
  const series = [...found.values()]
    .toSorted((a, b) => rankOf(a) - rankOf(b) || b.sum - a.sum || Number(a.id > b.id) || -1)
    .map(({ id, kind, value, label }): UsageSeries => ({ id, kind, value, label }));
  return { series, bars: barsOf(reply, (at) => figures.get(at) ?? {}) };
}

/** Series of an answer that is grouped by time alone: one per metric, in their order, without empty ones. */
export function metricSeriesOf(reply: Reply, metrics: readonly UsageMetric[]): StackedUsage {
  const rows = new Map(reply.rows.map((row) => [row.keys[0]?.value, row.metrics]));
  const used = metrics.filter((metric) =>
    [...rows.values()].some((figures) => !isZero(figures[metric] ?? 0)),
  );
  return {
    series: used.map((metric) => ({ id: metric, kind: "value", value: metric, label: metric })),
    bars: barsOf(reply, (at) =>
      Object.fromEntries(used.map((metric) => [metric, rows.get(at)?.[metric] ?? 0])),
    ),
  };
}

/** A figure of a bucket: zero where nothing was used, null where it has no price. */
export function figureIn({ figures }: UsageBar, seriesId: string): UsageFigure {
  const figure = figures[seriesId];
  return figure === undefined ? 0 : figure;
}

/** The series that are switched on. */
export function withoutSeries(stacked: StackedUsage, hidden: readonly string[]): StackedUsage {
  return { ...stacked, series: stacked.series.filter(({ id }) => !hidden.includes(id)) };
}

function barsOf(
  { times }: Reply,
  figuresAt: (startsAt: string) => Readonly<Record<string, UsageFigure>>,
): readonly UsageBar[] {
  return times.map((time) => ({ ...time, figures: figuresAt(time.startsAt) }));
}

/** Things first, then usage that belongs to none of them, then what was left out. */
function rankOf({ kind }: UsageSeries): number {
  if (kind === "other") return 2;
  return kind === "none" || kind === "private" || kind === "unmanaged" ? 1 : 0;
}

function isZero(figure: UsageFigure): boolean {
  return figure !== null && Number(figure) === 0;
}
