import type { StackedUsage, UsageSeries } from "@headcount/domain/usage/chart/series-of";
import type { BarSeries } from "../../charts/bars/bar-types.ts";
import { idColours, modelColours, otherColour } from "../../charts/series-colour.ts";
import type { Catalogue } from "../../i18n/catalogue.ts";
import type { TrendData } from "./use-trend.ts";

/** Kinds whose colour says what they are, the same on every page. */
const kindColours: Readonly<Record<string, string>> = {
  input: "var(--series-3)",
  cache_read: "var(--series-5)",
  cache_write: "var(--series-1)",
  output: "var(--series-2)",
  run_time: "var(--running)",
  waiting_time: "var(--waiting)",
  queue_time: "var(--queued)",
  tasks_done: "var(--done)",
  tasks_needs_input: "var(--waiting)",
  tasks_no_response: "var(--blocked)",
  tasks_failed: "var(--failed)",
  tasks_cancelled: "var(--cancelled)",
};

/** Name and colour of each series of a trend. */
export function seriesLook(trend: TrendData, text: Catalogue): readonly BarSeries[] {
  const { series } = trend.stacked;
  const colours = coloursOf(trend);
  return series.map((one, index) => ({
    id: one.id,
    label: labelOf(one, trend, text),
    colour: colours[index] ?? otherColour,
    ...(trend.unpriced.has(one.id) ? { unpriced: true } : {}),
  }));
}

function coloursOf({ stacked: { series }, question }: TrendData): readonly string[] {
  if (question.by === null) return series.map(({ id }) => kindColours[id] ?? otherColour);
  const named = series.filter(({ value }) => value !== null);
  const names = named.map(({ value }) => value ?? "");
  const colours = question.by === "model" ? modelColours(names) : idColours(names);
  const byId = new Map(named.map(({ id }, index) => [id, colours[index] ?? otherColour]));
  return series.map(({ id, kind }) => byId.get(id) ?? plainColour(kind));
}

/** What stands for no single thing is grey; sessions that nobody gave to an agent are paler. */
function plainColour(kind: UsageSeries["kind"]): string {
  return kind === "unmanaged" || kind === "none"
    ? `color-mix(in oklab, ${otherColour} 55%, var(--raised))`
    : otherColour;
}

function labelOf(
  { id, kind, label }: UsageSeries,
  { question: { by }, unpriced }: TrendData,
  text: Catalogue,
): string {
  const words = text.usage.dashboard;
  if (by === null) return words.kinds[id as keyof typeof words.kinds] ?? label;
  if (by === "failure_class") {
    return words.failureClasses[label as keyof typeof words.failureClasses] ?? label;
  }
  switch (kind) {
    case "value":
      return unpriced.has(id) ? words.withoutPrice({ name: label }) : label;
    case "deleted":
      return words.deleted({ name: label });
    case "none":
      return by === "project" ? text.issues.noProject : text.common.none;
    case "private":
      return text.usage.otherAgents;
    case "unmanaged":
      return text.usage.unmanaged;
    case "other":
      return text.figures.other;
  }
}

/** The chart with the names that people read, for the table and for files. */
export function namedSeries(stacked: StackedUsage, look: readonly BarSeries[]): StackedUsage {
  const labels = new Map(look.map(({ id, label }) => [id, label]));
  return {
    ...stacked,
    series: stacked.series.map((one) => ({ ...one, label: labels.get(one.id) ?? one.label })),
  };
}
