import { TimeZone } from "@headcount/contract/kit/values";
import { resolveRange } from "@headcount/domain/usage/query/resolve-range";
import { getRouteApi } from "@tanstack/react-router";
import { useMemo } from "react";
import { serverNowMs } from "../ui/clock.ts";
import { useWorkspace } from "../workspaces/workspace-context.tsx";
import { toQuestion } from "./to-question.ts";
import { useCheckedSearch } from "./use-checked-search.ts";
import type { UsageSearch } from "./usage-search.ts";
import type { UsageView } from "./usage-view.ts";
import { viewerTimeZone } from "./viewer-time-zone.ts";

const route = getRouteApi("/$slug/usage");

/** The page as the address wants it; the question is null until it is known what exists. */
export function useUsageView() {
  const workspace = useWorkspace();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const change = (changes: Partial<UsageSearch>) =>
    void navigate({ search: (present) => ({ ...present, ...changes }), replace: true });
  const step = (changes: Partial<UsageSearch>) =>
    void navigate({ search: (present) => ({ ...present, ...changes }) });
  const checked = useCheckedSearch(search, change);
  const own = viewerTimeZone(workspace.user);
  const tz = TimeZone.safeParse(search.tz).data ?? own;
  const { filters } = checked;
  const question = useMemo(
    () =>
      filters === null
        ? null
        : toQuestion({ workspace: workspace.id, tz }, periodOf(search, tz), filters),
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- the filters are made anew in each render; their text changes with them
    [workspace.id, tz, search.days, search.from, search.to, JSON.stringify(filters)],
  );
  const drill: UsageView["drill"] = (next) =>
    void navigate({
      search: (present) => ({ ...present, drill: next }),
      replace: next === undefined,
    });
  return { search, question, change, step, drill, checked };
}

/** A range that makes no sense is none. */
function periodOf(
  { days, from, to }: UsageSearch,
  zone: string,
): Pick<UsageSearch, "days" | "from" | "to"> {
  if (from === undefined) return { days };
  const range = resolveRange({ zone, from, to, bucket: null, nowMs: serverNowMs() });
  return range.ok ? { from, to } : { days };
}
