import { withoutSeries } from "@headcount/domain/usage/chart/series-of";
import { dateIn } from "@headcount/domain/usage/query/local-time";
import { useMemo } from "react";
import { QueryError } from "../../data/query-error.tsx";
import { useText } from "../../i18n/use-text.ts";
import { Segmented } from "../../ui/segmented.tsx";
import { Skeleton } from "../../ui/skeleton.tsx";
import { UntilAnswered } from "../until-answered.tsx";
import type { AskedRange } from "../use-range.ts";
import type { UsageView } from "../usage-view.ts";
import { CsvButton } from "./csv-button.tsx";
import { namedSeries, seriesLook } from "./series-look.ts";
import { TrendChart } from "./trend-chart.tsx";
import { TrendControls } from "./trend-controls.tsx";
import { stackOf } from "./trend-question.ts";
import { TrendTable } from "./trend-table.tsx";
import { useTrend } from "./use-trend.ts";

type TrendProps = { readonly view: UsageView; readonly range: AskedRange };

/** One measure over time, stacked, as a chart or as its table. */
export function Trend({ view, range }: TrendProps) {
  const text = useText();
  const words = text.usage.dashboard;
  const { reply, trend } = useTrend(view, range);
  const look = useMemo(() => (trend === undefined ? [] : seriesLook(trend, text)), [trend, text]);
  const measure = view.search.measure ?? "tokens";
  const stack = stackOf(view.search, measure);
  const shownAs = view.search.view ?? "chart";
  const by = stack === "kind" ? words.kindOf[measure] : words.stacks[stack];
  const title = words.trendTitle({ measure: words.measures[measure], by });
  const shown = useMemo(
    () => trend && withoutSeries(namedSeries(trend.stacked, look), view.search.hide ?? []),
    [trend, look, view.search.hide],
  );
  return (
    <section aria-label={title} className="flex flex-col gap-3">
      <div className="flex items-center gap-2">
        <h2 className="min-w-0 truncate text-14 font-semibold">{title}</h2>
        <span className="truncate text-12 text-faint max-tablet:hidden">
          {text.usage.zone({ zone: view.question.tz })}
        </span>
        <span className="ms-auto flex items-center gap-1.5">
          {trend === undefined || shown === undefined ? (
            <span className="size-(--control)" />
          ) : (
            <CsvButton
              trend={trend}
              shown={shown}
              fileName={`usage-${measure}-by-${stack}-${spanOf(view, range)}.csv`}
            />
          )}
          <Segmented
            label={text.usage.view}
            value={shownAs}
            onChange={(next) => view.change({ view: next })}
            options={[
              { value: "chart", label: text.usage.chart },
              { value: "table", label: text.usage.table },
            ]}
          />
        </span>
      </div>
      <TrendControls view={view} range={range} trend={trend} />
      {reply.isError && trend === undefined && (
        <QueryError error={reply.error} onRetry={() => void reply.refetch()} />
      )}
      {trend === undefined && !reply.isError && <Skeleton className="h-65 w-full" />}
      {trend !== undefined && shown !== undefined && (
        <UntilAnswered reply={reply}>
          {shownAs === "chart" ? (
            <TrendChart trend={trend} look={look} label={title} view={view} />
          ) : (
            <TrendTable trend={trend} shown={shown} label={title} view={view} />
          )}
        </UntilAnswered>
      )}
    </section>
  );
}

function spanOf({ question: { tz } }: UsageView, { fromMs, toMs }: AskedRange): string {
  return `${dateIn(tz, fromMs)}-${dateIn(tz, toMs - 1)}`;
}
