import type { LiveSnapshot } from "@headcount/contract/live/snapshot-schemas";
import { getRouteApi } from "@tanstack/react-router";
import { Suspense } from "react";
import { QueryError } from "../data/query-error.tsx";
import { useText } from "../i18n/use-text.ts";
import { HeldAgents } from "../runaway/held-agents.tsx";
import { EmptyState } from "../ui/empty-state.tsx";
import { lazyPart } from "../ui/lazy-part.tsx";
import { Notice } from "../usage/notice.tsx";
import { viewerTimeZone } from "../usage/viewer-time-zone.ts";
import { useWorkspace } from "../workspaces/workspace-context.tsx";
import { GaugeRow } from "./gauges/gauge-row.tsx";
import { StatStrip } from "./gauges/stat-strip.tsx";
import { LiveHeader } from "./live-header.tsx";
import { LivePicture } from "./live-picture.tsx";
import type { LiveSearch, LiveView } from "./live-search.ts";
import { LiveSkeleton } from "./live-skeleton.tsx";
import { ActivityTicker } from "./lists/activity-ticker.tsx";
import { QueueList } from "./lists/queue-list.tsx";
import { WorkList } from "./lists/work-list.tsx";
import { LiveChart } from "./series/live-chart.tsx";
import { useLiveSnapshot } from "./use-live-snapshot.ts";
import { Wall } from "./wall.tsx";

const LiveDrill = lazyPart(async () => (await import("./live-drill.tsx")).LiveDrill);

const route = getRouteApi("/$slug/live");

/** What goes on right now and how it has been: the page for the second screen, or for the wall. */
export function LivePage() {
  const workspace = useWorkspace();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const change = (changes: Partial<LiveSearch>): void =>
    void navigate({ search: (before) => ({ ...before, ...changes }), replace: true });
  const zone = search.tz ?? viewerTimeZone(workspace.user);
  const view: LiveView = { search, zone, change };
  const snapshot = useLiveSnapshot(zone);
  const page = (
    <>
      <LiveHeader view={view} asOf={snapshot.data?.asOf ?? null} isStale={snapshot.isError} />
      <HeldAgents />
      <div className="min-h-0 grow overflow-y-auto">
        {snapshot.isPending && <LiveSkeleton />}
        {snapshot.isError && snapshot.data === undefined && (
          <QueryError error={snapshot.error} onRetry={() => void snapshot.refetch()} />
        )}
        {snapshot.data !== undefined && <Body view={view} snapshot={snapshot.data} />}
      </div>
      {search.drill !== undefined && (
        <Suspense>
          <LiveDrill view={view} drill={search.drill} />
        </Suspense>
      )}
    </>
  );
  return search.wall === true ? (
    <Wall onLeave={() => change({ wall: undefined })}>{page}</Wall>
  ) : (
    page
  );
}

type BodyProps = { readonly view: LiveView; readonly snapshot: LiveSnapshot };

function Body({ view, snapshot }: BodyProps) {
  const text = useText();
  const { gauges, work, queue, activity } = snapshot;
  if (isUntouched(snapshot)) {
    return (
      <EmptyState
        title={text.live.emptyTitle}
        hint={text.live.emptyHint}
        picture={<LivePicture />}
        command="headcount issue create --title … --assignee …"
      />
    );
  }
  return (
    <div className="live-page flex flex-col gap-6 px-4 py-5">
      <section aria-label={text.live.gaugesLabel} className="live-gauges flex flex-col gap-4">
        <GaugeRow gauges={gauges} />
        <StatStrip gauges={gauges} />
        {gauges.sampling === "late" && gauges.sampledAt !== null && (
          <Notice title={text.live.gapTitle} hint={text.live.gapHint} />
        )}
      </section>
      <div className="live-panes grid gap-x-8 gap-y-7 wide:grid-cols-[minmax(0,1fr)_minmax(0,22rem)] wide:grid-rows-[auto_1fr]">
        <div className="live-lists grid content-start gap-x-8 gap-y-7 tablet:max-wide:grid-cols-2 wide:col-start-2">
          <WorkList work={work} />
          <QueueList queue={queue} />
        </div>
        <div className="min-w-0 wide:col-start-1 wide:row-span-2 wide:row-start-1">
          <LiveChart view={view} />
        </div>
        <div className="live-lists min-w-0 wide:col-start-2">
          <ActivityTicker events={activity} />
        </div>
      </div>
    </div>
  );
}

/** Nothing runs, nothing waits, and nothing ever did. */
function isUntouched({ gauges, activity, work, queue }: LiveSnapshot): boolean {
  const hasHistory =
    gauges.scales.tokensPerMinute !== null || gauges.scales.notionalPerHourUsd !== null;
  const hasRuns = activity.some(({ type }) => type === "task.started" || type === "task.ended");
  return work.total + queue.total === 0 && !hasHistory && !hasRuns;
}
