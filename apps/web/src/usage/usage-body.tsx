import type { ReactNode } from "react";
import { QueryError } from "../data/query-error.tsx";
import { useText } from "../i18n/use-text.ts";
import { later } from "../ui/later.tsx";
import { PageHeader } from "../ui/page-header.tsx";
import { Skeleton } from "../ui/skeleton.tsx";
import { BooksAlarm } from "./books-alarm.tsx";
import { CoverageNotice } from "./coverage-notice.tsx";
import { UsageFilters } from "./filters/usage-filters.tsx";
import { HeatMap } from "./heat-map/heat-map.tsx";
import { KpiRow } from "./kpis/kpi-row.tsx";
import { useKpis } from "./kpis/use-kpis.ts";
import { TasksBehind } from "./lists/tasks-behind.tsx";
import { UsageLists } from "./lists/usage-lists.tsx";
import { AsOf } from "./period/as-of.tsx";
import { PeriodBar } from "./period/period-bar.tsx";
import { ShareLink } from "./period/share-link.tsx";
import { UnpricedNotice } from "./pricing/unpriced-notice.tsx";
import { Trend } from "./trend/trend.tsx";
import { UntilAnswered } from "./until-answered.tsx";
import { UsageEmpty } from "./usage-empty.tsx";
import { UsageSkeleton } from "./usage-skeleton.tsx";
import type { UsageView } from "./usage-view.ts";
import { useNewDay } from "./use-new-day.ts";
import { type AskedRange, useRange } from "./use-range.ts";

const ForecastPanel = later(
  async () => (await import("./forecast/forecast-panel.tsx")).ForecastPanel,
  () => <Skeleton className="h-60 w-full" />,
);

type UsageBodyProps = {
  readonly parts: Omit<UsageView, "totals">;
  /** What was left out of the address. */
  readonly dropped: ReactNode;
};

/** The page once it is known what it is asked for. */
export function UsageBody({ parts, dropped }: UsageBodyProps) {
  const range = useRange(parts.question);
  // The question was made of a range that makes sense.
  if (range === null) throw new Error("The period of the page has no beginning.");
  return <UsageOfRange parts={parts} dropped={dropped} range={range} />;
}

function UsageOfRange({ parts, dropped, range }: UsageBodyProps & { readonly range: AskedRange }) {
  const text = useText();
  const kpis = useKpis(parts.question, range);
  useNewDay(range.fromMs);
  const reply = kpis.present.data;
  const view: UsageView = { ...parts, totals: reply?.totals };
  const isEmpty =
    reply !== undefined && Number(reply.totals.events) === 0 && Number(reply.totals.tasks) === 0;
  return (
    <>
      <PageHeader
        title={text.usage.title}
        facts={<AsOf at={reply?.asOf ?? null} />}
        actions={<ShareLink view={view} range={range} />}
      />
      <div className="flex shrink-0 flex-wrap items-center gap-1.5 border-b border-line px-4 py-2">
        <PeriodBar view={view} tz={parts.question.tz} range={range} />
        <UsageFilters search={view.search} change={view.change} />
      </div>
      <div className="min-h-0 grow overflow-y-auto">
        {kpis.present.isError && reply === undefined && (
          <QueryError error={kpis.present.error} onRetry={() => void kpis.present.refetch()} />
        )}
        {kpis.present.isPending && <UsageSkeleton />}
        {reply !== undefined && (
          <div className="flex max-w-280 flex-col gap-7 px-4 py-5">
            <div className="flex flex-col gap-2 empty:hidden">
              {dropped}
              <BooksAlarm />
              <UnpricedNotice tokens={reply.totals.unpriced_tokens ?? 0} question={view.question} />
              <CoverageNotice />
            </div>
            {isEmpty ? (
              <UsageEmpty view={view} reply={reply} />
            ) : (
              <>
                <UntilAnswered reply={kpis.present}>
                  <KpiRow kpis={kpis} reply={reply} view={view} />
                </UntilAnswered>
                <Trend view={view} range={range} />
              </>
            )}
            <ForecastPanel view={view} />
            <HeatMap view={view} nowMs={range.nowMs} />
            {!isEmpty && <UsageLists view={view} />}
          </div>
        )}
      </div>
      {view.search.drill !== undefined && <TasksBehind view={view} drill={view.search.drill} />}
    </>
  );
}
