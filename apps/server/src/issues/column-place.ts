import type { IssueStatus } from "@headcount/contract/issues/schemas";
import {
  type MovePlan,
  type PlacedIssue,
  planMove,
  type WantedPlace,
} from "@headcount/domain/issues/order-keys";
import type { WorkspaceContext } from "../platform/context.ts";
import { rewriteOrderKeys } from "./store.ts";

/**
 * Finds the order key for a place in a column as it is now, and re-spaces the column when a key
 * would grow too long. One move at a time per column, so that no two get the same key.
 */
export async function takePlace(
  ctx: WorkspaceContext,
  status: IssueStatus,
  moved: { readonly id: string } & WantedPlace,
): Promise<string> {
  await ctx.sql`select pg_advisory_xact_lock(hashtextextended(${`column:${ctx.workspaceId}:${status}`}, 0))`;
  const plan = planMove(await readNeighbours(ctx, status, moved), moved.id, moved);
  if (plan.respaced.length === 0) return plan.orderKey;
  const whole = await readColumn(ctx, status);
  const exact: MovePlan = planMove(whole, moved.id, moved);
  await rewriteOrderKeys(ctx, exact.respaced);
  return exact.orderKey;
}

/** The issues around the wanted place: enough for a key between them, however long the column is. */
async function readNeighbours(
  ctx: WorkspaceContext,
  status: IssueStatus,
  wanted: { readonly id: string } & WantedPlace,
): Promise<PlacedIssue[]> {
  const inColumn = ctx.sql`
    workspace_id = ${ctx.workspaceId} and status = ${status} and deleted_at is null and id <> ${wanted.id}`;
  const rows = await ctx.sql<PlacedIssue[]>`
    with anchors as (
      select id, order_key from issues where ${inColumn} and id in (${wanted.after}, ${wanted.before})
    ), ends as (
      (select id, order_key from issues where ${inColumn} order by order_key, id limit 1)
      union all
      (select id, order_key from issues where ${inColumn} order by order_key desc, id desc limit 1)
    ), around as (
      select next.id, next.order_key from anchors a cross join lateral (
        (select id, order_key from issues where ${inColumn} and order_key > a.order_key order by order_key, id limit 1)
        union all
        (select id, order_key from issues where ${inColumn} and order_key < a.order_key order by order_key desc, id desc limit 1)
      ) next
    )
    select id, order_key from anchors union select id, order_key from ends union select id, order_key from around
    order by order_key, id`;
  return [...rows];
}

async function readColumn(ctx: WorkspaceContext, status: IssueStatus): Promise<PlacedIssue[]> {
  const rows = await ctx.sql<PlacedIssue[]>`
    select id, order_key from issues
    where workspace_id = ${ctx.workspaceId} and status = ${status} and deleted_at is null
    order by order_key, id`;
  return [...rows];
}
