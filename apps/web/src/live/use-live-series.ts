import { live } from "@headcount/contract/live/routes";
import type { LiveSeriesReply } from "@headcount/contract/live/series-schemas";
import type { LiveMetric } from "@headcount/contract/live/words";
import { escapeListValue } from "@headcount/contract/usage/query-words";
import type { TimeRange } from "@headcount/domain/usage/query/cut-time";
import {
  keepPreviousData,
  useQuery,
  useQueryClient,
  type UseQueryResult,
} from "@tanstack/react-query";
import { queryKey } from "../data/query-key.ts";
import { serverNowMs } from "../ui/clock.ts";
import { usageFilterNames } from "../usage/usage-search.ts";
import { useWorkspace } from "../workspaces/workspace-context.tsx";
import type { LiveView } from "./live-search.ts";
import { type KnownSeries, loadSeries, readSeries } from "./load-series.ts";
import { defaultSpan, fixedRange, followingRange, refreshMs, spanMs } from "./use-live-range.ts";
import { useReloadOnChange } from "./use-reload-on-change.ts";
import { useRevisions } from "./use-revisions.ts";

/** What is loaded beside what is looked at is not worth keeping: a page stays open for days. */
const keptMs = 10_000;

/**
 * The series of the range in the address. While the page follows the clock, the range is that of
 * the moment of each load, under one key, so that no answer of the past piles up; of what is known
 * under the key only what is new is loaded, and what was revised.
 * @param leadOf the figure of which the five hours before are needed as well; nothing is loaded until
 *   it is known
 */
export function useLiveSeries(
  { search, zone }: LiveView,
  metrics: readonly LiveMetric[],
  leadOf: LiveMetric | null | "not known yet",
): UseQueryResult<KnownSeries> {
  const workspace = useWorkspace();
  const client = useQueryClient();
  const fixed = fixedRange(search);
  const span = search.span ?? defaultSpan;
  const asked = {
    workspace: workspace.id,
    metrics: metrics.join(","),
    tz: zone,
    ...(search.compare === undefined ? {} : { compare: search.compare }),
    ...filtersOf(search),
  };
  const lengthMs = fixed === null ? spanMs[span] : fixed.toMs - fixed.fromMs;
  const lead = leadOf === "not known yet" ? null : leadOf;
  const key = queryKey(live.series, { ...asked, ...(fixed ?? { span }), lead });
  const revisions = useRevisions();
  const found = useQuery<KnownSeries>({
    queryKey: key,
    queryFn: ({ signal }) => {
      const range = fixed ?? followingRange(span, serverNowMs());
      const known = client.getQueryData<KnownSeries>(key);
      return loadSeries({ asked, range, leadOf: lead, revisions, signal }, known);
    },
    enabled: leadOf !== "not known yet",
    placeholderData: keepPreviousData,
    gcTime: keptMs,
    refetchInterval: refreshMs(lengthMs) * 5,
    // Only a page that is open hears of changes.
    refetchOnMount: "always",
  });
  useReloadOnChange(async () => {
    if (leadOf !== "not known yet") await found.refetch({ cancelRefetch: false });
  }, refreshMs(lengthMs));
  return found;
}

/** The stretch around what is shown, as a small picture to move in; it hardly ever changes. */
export function useLiveOverview(
  { search, zone }: LiveView,
  range: TimeRange,
): UseQueryResult<LiveSeriesReply> {
  const workspace = useWorkspace();
  const asked = {
    workspace: workspace.id,
    metrics: "tokens",
    tz: zone,
    ...filtersOf(search),
  };
  return useQuery<LiveSeriesReply>({
    queryKey: queryKey(live.series, { ...asked, overview: range.fromMs, to: range.toMs }),
    queryFn: ({ signal }) => readSeries({ asked, range, signal }),
    placeholderData: keepPreviousData,
    gcTime: keptMs,
    refetchInterval: 60_000,
  });
}

function filtersOf(search: LiveView["search"]): Readonly<Record<string, string>> {
  return Object.fromEntries(
    usageFilterNames.flatMap((name) => {
      const values = search[name];
      return values === undefined ? [] : [[name, values.map(escapeListValue).join(",")]];
    }),
  );
}
