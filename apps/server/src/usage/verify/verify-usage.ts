import { usage } from "@headcount/contract/usage/routes";
import { query } from "../../platform/command.ts";
import { findUsageDifferences } from "./find-differences.ts";

export const verifyUsageQuery = query(usage.verify, async (ctx) => {
  const [counts] = await ctx.sql<{ ledgerEvents: number; rollupRows: number }[]>`
    select (select count(*)::int from usage_events where workspace_id = ${ctx.workspaceId})
        as ledger_events,
      (select count(*)::int from usage_buckets where workspace_id = ${ctx.workspaceId})
        + (select count(*)::int from usage_rollups where workspace_id = ${ctx.workspaceId})
        + (select count(*)::int from usage_meters where workspace_id = ${ctx.workspaceId})
        as rollup_rows`;
  return {
    ledgerEvents: counts?.ledgerEvents ?? 0,
    rollupRows: counts?.rollupRows ?? 0,
    differences: await findUsageDifferences(ctx),
  };
});
