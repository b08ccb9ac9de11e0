import type { LiveSeriesReply } from "@headcount/contract/live/series-schemas";
import { windowAt } from "@headcount/domain/budgets/budget-window";
import type { TimeRange } from "@headcount/domain/usage/query/cut-time";
import { useMemo } from "react";
import type { ChartSelection, ComparisonChoice } from "../../charts/time-series/chart-types.ts";
import { TimeSeries } from "../../charts/time-series.tsx";
import { QueryError } from "../../data/query-error.tsx";
import { useText } from "../../i18n/use-text.ts";
import { serverNowMs } from "../../ui/clock.ts";
import { Skeleton } from "../../ui/skeleton.tsx";
import type { UsageDrill } from "../../usage/usage-search.ts";
import { UntilAnswered } from "../../usage/until-answered.tsx";
import type { LiveView } from "../live-search.ts";
import type { KnownSeries } from "../load-series.ts";
import { fixedRange } from "../use-live-range.ts";
import { useLiveOverview, useLiveSeries } from "../use-live-series.ts";
import { LiveChartControls } from "./live-chart-controls.tsx";
import { marksOf } from "./marks-of.ts";
import { overviewOf, overviewRange } from "./overview-of.ts";
import { alwaysShown, metricsOf, panelsOf } from "./panels-of.ts";
import { metricOfUnit, type ShownBudget } from "./shown-budget.ts";
import { useShownBudget } from "./use-shown-budget.ts";

/** Nothing is older for this page. */
const longestBackMs = 3_650 * 24 * 60 * 60_000;
const leastMs = 60_000;
const heights = { page: 132, wall: 200 } as const;

/** Three panels under one strip: what agents use, what that costs, and a third one to choose. */
export function LiveChart({ view }: { readonly view: LiveView }) {
  const { search } = view;
  const panel = search.panel ?? "agents";
  const budget = useShownBudget(search);
  const looksBack = budget?.window.kind === "rolling_5h";
  const leadOf = looksBack ? metricOfUnit[budget.unit] : null;
  const metrics = [...alwaysShown, ...metricsOf[panel]];
  const series = useLiveSeries(view, metrics, budget === undefined ? "not known yet" : leadOf);
  return (
    <section className="flex min-w-0 flex-col gap-3">
      <LiveChartControls view={view} reply={series.data?.reply} />
      {series.isPending && <Skeleton className="h-120 w-full" />}
      {series.isError && series.data === undefined && (
        <QueryError error={series.error} onRetry={() => void series.refetch()} />
      )}
      {series.data !== undefined && (
        <UntilAnswered reply={series} className="flex flex-col gap-3">
          <Chart view={view} known={series.data} budget={budget ?? null} />
          <ChartNotes reply={series.data.reply} />
        </UntilAnswered>
      )}
    </section>
  );
}

/** What the picture does not show, and why. */
function ChartNotes({ reply }: { readonly reply: LiveSeriesReply }) {
  const text = useText();
  const notes = [
    ...(reply.levelsAre === "of_workspace" ? [text.live.filteredLevels] : []),
    ...(reply.hiddenMarks > 0 ? [text.live.hiddenMarks({ count: reply.hiddenMarks })] : []),
    text.live.zone({ zone: reply.tz }),
  ];
  return <p className="text-12 text-faint">{notes.join(" ")}</p>;
}

type ChartProps = {
  readonly view: LiveView;
  readonly known: KnownSeries;
  /** What counts just what is shown, where there is one and it is looked at. */
  readonly budget: ShownBudget | null;
};

function Chart({ view, known, budget }: ChartProps) {
  const { reply } = known;
  const text = useText();
  const { search, zone, change } = view;
  const fixed = fixedRange(search);
  const range = { fromMs: Date.parse(reply.from), toMs: Date.parse(reply.to) };
  const overview = useLiveOverview(view, overviewRange(range, serverNowMs()));
  const panels = useMemo(
    () =>
      panelsOf({
        known,
        text,
        panel: search.panel ?? "agents",
        comparedWith:
          search.compare === "weekday" ? text.charts.compareWeekday : text.charts.comparePrevious,
        budget,
        height: search.wall === true ? heights.wall : heights.page,
      }),
    [known, text, search.panel, search.compare, search.wall, budget],
  );
  const marks = useMemo(() => marksOf(reply.marks, text), [reply.marks, text]);
  const select = (selection: ChartSelection | null): void =>
    change({ drill: selection === null ? undefined : drillOf(selection, known, budget) });
  const follow = (): void => change({ from: undefined, to: undefined });
  const compare = (choice: ComparisonChoice): void =>
    change({ compare: choice === "none" ? undefined : choice });
  return (
    <TimeSeries
      label={text.live.chartLabel}
      panels={panels}
      range={fixed ?? range}
      onRangeChange={(next) => change(boundsOf(next))}
      onReset={() => change({ from: undefined, to: undefined, span: undefined })}
      canReset={fixed !== null || search.span !== undefined}
      bounds={{
        fromMs: serverNowMs() - longestBackMs,
        toMs: Math.max(range.toMs, serverNowMs() + leastMs),
      }}
      zone={zone}
      asOfMs={Date.parse(reply.asOf)}
      live={{ state: fixed === null ? "following" : "paused", onResume: follow }}
      annotations={marks}
      {...(overview.data === undefined
        ? {}
        : { overview: overviewOf(overview.data, text.live.overviewLabel) })}
      comparison={{ value: search.compare ?? "none", onChange: compare }}
      onSelect={select}
      view={search.view ?? "chart"}
    />
  );
}

/** Whole seconds, and never less than a minute. */
function boundsOf({ fromMs, toMs }: TimeRange): { from: string; to: string } {
  const from = Math.floor(fromMs / 1_000) * 1_000;
  const to = Math.max(Math.ceil(toMs / 1_000) * 1_000, from + leastMs);
  return { from: new Date(from).toISOString(), to: new Date(to).toISOString() };
}

const measureOfPanel = { tokens: "tokens", cost: "cost", tasks: "tasks" } as const;

function drillOf(
  { panelId, range }: ChartSelection,
  { reply }: KnownSeries,
  budget: ShownBudget | null,
): UsageDrill {
  if (panelId === "budget" && budget !== null) {
    const measure = budget.unit === "tokens" ? "tokens" : "cost";
    return { measure, ...exactBounds(countedBy(budget, range, Date.parse(reply.asOf))), of: [] };
  }
  const measure = measureOfPanel[panelId as keyof typeof measureOfPanel] ?? "tokens";
  return { measure, ...exactBounds(range), of: [] };
}

/** All that a budget has counted up to the end of a bucket: what its point in the picture shows. */
function countedBy({ window }: ShownBudget, range: TimeRange, nowMs: number): TimeRange {
  const toMs = Math.max(range.fromMs, Math.min(range.toMs, nowMs));
  const isRolling = window.kind === "rolling_5h";
  const { startsAtMs } = windowAt(window, isRolling ? toMs : Math.max(range.fromMs, toMs - 1));
  return { fromMs: startsAtMs ?? range.fromMs, toMs: range.toMs };
}

/** The very bucket, so that its tasks sum to what it shows. */
function exactBounds({ fromMs, toMs }: TimeRange): { from: string; to: string } {
  return { from: new Date(fromMs).toISOString(), to: new Date(toMs).toISOString() };
}
