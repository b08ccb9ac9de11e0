import { usageQueries } from "@headcount/contract/usage/query-routes";
import { useQuery } from "@tanstack/react-query";
import { query } from "../data/query.ts";
import { useWorkspace } from "../workspaces/workspace-context.tsx";
import { viewerTimeZone } from "./viewer-time-zone.ts";

/** Days that lists of people and projects look back. */
export const spendDays = 30;

/**
 * What each person, project or agent cost in the last days, in US dollars by id: null where nothing of
 * it has a price, missing where nothing was used. Undefined while it loads.
 */
export function useSpendBy(
  grouping: "member" | "project" | "agent",
  days: number,
): ReadonlyMap<string, string | null> | undefined {
  const workspace = useWorkspace();
  const spend = useQuery(
    query(usageQueries.query, {
      workspace: workspace.id,
      group_by: grouping,
      metrics: "cost",
      days,
      limit: 1_000,
      tz: viewerTimeZone(workspace.user),
    }),
  );
  return (
    spend.data &&
    new Map(
      spend.data.rows.map(({ keys: [key], metrics: { cost = null } }) => [
        key?.value ?? "",
        cost === null ? null : String(cost),
      ]),
    )
  );
}
