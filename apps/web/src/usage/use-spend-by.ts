import { usageQueries } from "@headcount/contract/usage/query-routes";
import type { UsageFigures } from "@headcount/contract/usage/query-schemas";
import { useQuery } from "@tanstack/react-query";
import { query } from "../data/query.ts";
import { useWorkspace } from "../workspaces/workspace-context.tsx";
import { viewerTimeZone } from "./viewer-time-zone.ts";

/** What each person or project used in the last 30 days, by id; undefined while it loads. */
export function useSpendBy(
  grouping: "member" | "project",
): ReadonlyMap<string, UsageFigures> | undefined {
  const workspace = useWorkspace();
  const spend = useQuery(
    query(usageQueries.query, {
      workspace: workspace.id,
      group_by: grouping,
      metrics: "cost,tokens",
      days: 30,
      limit: 1_000,
      tz: viewerTimeZone(workspace.user),
    }),
  );
  return (
    spend.data &&
    new Map(spend.data.rows.map(({ keys: [key], metrics }) => [key?.value ?? "", metrics]))
  );
}
