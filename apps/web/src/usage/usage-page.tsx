import type { OutputOf } from "@headcount/contract/kit/route";
import { runtimes } from "@headcount/contract/runtimes/routes";
import { usage } from "@headcount/contract/usage/routes";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { getRouteApi, Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { tutorialCli } from "../agents/best-runtime.ts";
import { QueryError } from "../data/query-error.tsx";
import { query } from "../data/query.ts";
import { useFormat } from "../i18n/use-format.ts";
import { useText } from "../i18n/use-text.ts";
import { connectionStore } from "../realtime/connection-store.ts";
import { EmptyState } from "../ui/empty-state.tsx";
import { formatTokens } from "../ui/format-tokens.ts";
import { LiveDot } from "../ui/live-dot.tsx";
import { Money } from "../ui/money.tsx";
import { PageHeader } from "../ui/page-header.tsx";
import { Segmented } from "../ui/segmented.tsx";
import { Skeleton } from "../ui/skeleton.tsx";
import { StateGlyph } from "../ui/state-glyph.tsx";
import { Tokens } from "../ui/tokens.tsx";
import { useWorkspace } from "../workspaces/workspace-context.tsx";
import { AgentShares, ModelShares } from "./share-tables.tsx";
import { DailyChart, type DailyUsage, type UsageMeasure } from "./daily-chart.tsx";
import { BooksAlarm } from "./books-alarm.tsx";
import { FoundSessionsOffer } from "./found-sessions-offer.tsx";
import { DailyTable } from "./daily-table.tsx";
import { UsagePicture } from "./usage-picture.tsx";
import { usagePeriods } from "./usage-search.ts";
import { viewerTimeZone } from "./viewer-time-zone.ts";

const route = getRouteApi("/$slug/usage");
const defaultDays = 30;

type Summary = OutputOf<typeof usage.summary>;

/** What the workspace used: per day, by agent and by model, live while agents work. */
export function UsagePage() {
  const text = useText();
  const workspace = useWorkspace();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const days = search.days ?? defaultDays;
  const input = { workspace: workspace.id, days, tz: viewerTimeZone(workspace.user) };
  const summary = useQuery({
    ...query(usage.summary, input),
    placeholderData: keepPreviousData,
  });
  const daily = useQuery({ ...query(usage.daily, input), placeholderData: keepPreviousData });
  const isEmpty = summary.data !== undefined && summary.data.total.events === 0;
  return (
    <>
      <PageHeader
        title={text.usage.title}
        facts={<AsOf at={summary.data?.asOf ?? null} />}
        actions={
          <Segmented
            label={text.usage.period}
            value={String(days)}
            options={usagePeriods.map((period) => ({
              value: String(period),
              label: text.usage.days({ count: period }),
            }))}
            onChange={(next) =>
              void navigate({
                search: { ...search, days: usagePeriods.find((one) => String(one) === next) },
              })
            }
          />
        }
      />
      <div className="min-h-0 grow overflow-y-auto">
        {summary.isPending && <UsageSkeleton />}
        {summary.isError && summary.data === undefined && (
          <QueryError error={summary.error} onRetry={() => void summary.refetch()} />
        )}
        {isEmpty && (
          <EmptyState
            title={summary.data.asOf === null ? text.usage.emptyTitle : text.usage.emptyPeriod}
            hint={text.usage.emptyHint}
            picture={<UsagePicture />}
            action={summary.data.asOf === null && <FoundSessionsOffer />}
            command={`headcount usage daily --days ${days}`}
          />
        )}
        {summary.data !== undefined && !isEmpty && (
          <div className="flex max-w-280 flex-col gap-7 px-4 py-5">
            <Kpis summary={summary.data} />
            <BooksAlarm />
            <Notices summary={summary.data} />
            {daily.data !== undefined && (
              <Trend
                daily={daily.data}
                measure={search.measure === "cost" ? "cost" : "tokens"}
                view={search.view ?? "chart"}
                onChange={(changes) =>
                  void navigate({ search: { ...search, ...changes }, replace: true })
                }
              />
            )}
            {daily.isError && daily.data === undefined && (
              <QueryError error={daily.error} onRetry={() => void daily.refetch()} />
            )}
            <div className="grid gap-x-10 gap-y-7 desk:grid-cols-2">
              <AgentShares agents={summary.data.byAgent} total={summary.data.total} />
              <ModelShares summary={summary.data} />
            </div>
          </div>
        )}
      </div>
    </>
  );
}

function AsOf({ at }: { readonly at: string | null }) {
  const text = useText();
  const format = useFormat();
  const state = connectionStore((store) => store.state);
  const lastChangeAt = connectionStore((store) => store.lastChangeAt);
  if (state !== "live" && lastChangeAt !== null) {
    return (
      <span className="figures text-12 text-waiting-ink">
        {text.common.asOf({ time: format.time(lastChangeAt) })}
      </span>
    );
  }
  if (at === null) return null;
  return (
    <span
      className="figures flex items-center gap-1.5 text-12 text-faint max-tablet:hidden"
      title={text.usage.lastUse}
    >
      <LiveDot />
      {text.common.asOf({ time: format.full(new Date(at)) })}
    </span>
  );
}

function Kpis({ summary }: { readonly summary: Summary }) {
  const text = useText();
  const { tokens, costUsd, unpricedTokens } = summary.total;
  const partlyPriced = costUsd !== null && BigInt(unpricedTokens) > 0n;
  return (
    <dl className="flex flex-wrap gap-x-12 gap-y-4">
      <Kpi label={text.usage.tokens}>
        <Tokens count={tokens.total} />
      </Kpi>
      <Kpi label={text.usage.cost} note={partlyPriced ? text.usage.costOfPriced : null}>
        <Money usd={costUsd} />
      </Kpi>
      <Kpi label={text.usage.tasks}>
        <span className="figures">{summary.tasks}</span>
      </Kpi>
    </dl>
  );
}

type KpiProps = {
  readonly label: string;
  readonly note?: string | null;
  readonly children: ReactNode;
};

function Kpi({ label, note = null, children }: KpiProps) {
  return (
    <div className="flex flex-col gap-0.5">
      <dt className="text-12 text-faint">{label}</dt>
      <dd className="text-28 font-semibold leading-tight tracking-tight">
        {children}
        {note !== null && (
          <span className="block text-12 font-normal tracking-normal text-faint">{note}</span>
        )}
      </dd>
    </div>
  );
}

function Notices({ summary }: { readonly summary: Summary }) {
  const text = useText();
  const format = useFormat();
  const workspace = useWorkspace();
  const programs = useQuery(query(runtimes.list, { workspace: workspace.id }));
  const inexact = (programs.data?.items ?? []).filter(
    ({ coverage, cli, agents }) =>
      coverage.level !== "exact" && cli !== tutorialCli && agents.length > 0,
  );
  const names = [...new Set(inexact.map(({ cliTitle }) => cliTitle))];
  const models = summary.unpriced.map(({ model }) => model);
  if (models.length === 0 && names.length === 0) return null;
  return (
    <div className="flex flex-col gap-2">
      {models.length > 0 && (
        <Notice
          title={text.usage.unpricedTitle({
            tokens: formatTokens(summary.total.unpricedTokens),
          })}
          hint={text.usage.unpricedHint({ models: format.list(models) })}
        />
      )}
      {names.length > 0 && (
        <Notice
          title={text.usage.coverageTitle}
          hint={text.usage.coverageHint({ programs: format.list(names) })}
          action={
            <Link
              to="/$slug/runtimes"
              params={{ slug: workspace.slug }}
              className="shrink-0 text-accent-ink hover:underline"
            >
              {text.usage.toRuntimes}
            </Link>
          }
        />
      )}
    </div>
  );
}

type NoticeProps = {
  readonly title: string;
  readonly hint: string;
  readonly action?: ReactNode;
};

function Notice({ title, hint, action }: NoticeProps) {
  return (
    <div className="flex items-start gap-2.5 rounded-card border border-line px-3 py-2">
      <StateGlyph state="waiting" decorative className="mt-0.5 shrink-0" />
      <p className="min-w-0 grow">
        <span className="font-medium">{title}.</span> <span className="text-muted">{hint}</span>
      </p>
      {action}
    </div>
  );
}

type TrendView = "chart" | "table";

type TrendProps = {
  readonly daily: DailyUsage;
  readonly measure: UsageMeasure;
  readonly view: TrendView;
  readonly onChange: (changes: { measure?: UsageMeasure; view?: TrendView }) => void;
};

function Trend({ daily, measure, view, onChange }: TrendProps) {
  const text = useText();
  const { user } = useWorkspace();
  return (
    <section className="flex flex-col gap-3">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
        <h2 className="text-14 font-semibold">
          {measure === "tokens" ? text.usage.tokensPerDay : text.usage.costPerDay}
        </h2>
        <span className="text-12 text-faint max-tablet:hidden">
          {text.usage.zone({ zone: viewerTimeZone(user) })}
        </span>
        <span className="ms-auto flex items-center gap-2">
          {view === "chart" && (
            <Segmented
              label={text.usage.measure}
              value={measure}
              onChange={(next) => onChange({ measure: next })}
              options={[
                { value: "tokens", label: text.usage.tokens },
                { value: "cost", label: text.usage.cost },
              ]}
            />
          )}
          <Segmented
            label={text.usage.view}
            value={view}
            onChange={(next) => onChange({ view: next })}
            options={[
              { value: "chart", label: text.usage.chart },
              { value: "table", label: text.usage.table },
            ]}
          />
        </span>
      </div>
      {view === "chart" ? (
        <DailyChart days={daily.days} measure={measure} height={240} />
      ) : (
        <DailyTable daily={daily} />
      )}
    </section>
  );
}

function UsageSkeleton() {
  return (
    <div aria-busy="true" className="flex max-w-280 flex-col gap-7 px-4 py-5">
      <div className="flex gap-12">
        <Skeleton className="h-9 w-28" />
        <Skeleton className="h-9 w-24" />
        <Skeleton className="h-9 w-16" />
      </div>
      <Skeleton className="h-60 w-full" />
    </div>
  );
}
