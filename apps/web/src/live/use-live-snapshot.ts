import { live } from "@headcount/contract/live/routes";
import { keepPreviousData, useQuery, type UseQueryResult } from "@tanstack/react-query";
import type { LiveSnapshot } from "@headcount/contract/live/snapshot-schemas";
import { query } from "../data/query.ts";
import { useWorkspace } from "../workspaces/workspace-context.tsx";
import { useReloadOnChange } from "./use-reload-on-change.ts";

/** The gauges' windows move on even when nothing happens. */
const atLeastEveryMs = 5_000;
/** Twice a second at most, however much happens. */
const atMostEveryMs = 500;

/** What is going on right now; it loads again when anything changes, and lets the old stand meanwhile. */
export function useLiveSnapshot(zone: string): UseQueryResult<LiveSnapshot> {
  const workspace = useWorkspace();
  const found = useQuery({
    ...query(live.snapshot, { workspace: workspace.id, tz: zone }),
    placeholderData: keepPreviousData,
    refetchInterval: atLeastEveryMs,
    // Only a page that is open hears of changes.
    refetchOnMount: "always",
  });
  useReloadOnChange(() => found.refetch({ cancelRefetch: false }), atMostEveryMs);
  return found;
}
