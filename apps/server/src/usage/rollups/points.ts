import type { WorkspaceContext } from "../../platform/context.ts";
import { eachFigure, figureColumns } from "../figures.ts";
import { hourPivots, type Pivot } from "./pivots.ts";

type Ctx = Pick<WorkspaceContext, "sql" | "workspaceId">;
type Fragment = ReturnType<WorkspaceContext["sql"]>;

/** `from` inclusive, `to` exclusive, both on a boundary of what is read. */
export type Range = { readonly from: Date; readonly to: Date };

/** Tier of UTC hours in `usage_rollups`; higher ones are calendar days of a zone. */
export const hourTier = 1;

/**
 * A relation with the figures of one pivot: kind, runtime_id, agent_id, project_id, member_id,
 * provider, model, role, failure_class, bucket_at and every figure. What the pivot does not keep
 * apart is null. It includes what is not folded yet, whose bucket_at is a quarter of an hour
 * inside the hour or day that it belongs to.
 * @param read.tier `hourTier`, or the tier of a zone; the range consists of whole ones of them
 */
export function rollupPoints(
  ctx: Ctx,
  read: Range & { readonly pivot: Pivot; readonly tier: number },
): Fragment {
  if (read.tier === hourTier && !hourPivots.includes(read.pivot)) {
    throw new Error(`Hours of the pivot ${read.pivot} are not kept`);
  }
  const { sql, workspaceId } = ctx;
  const columns = figureColumns(sql);
  const series = sql(`${read.pivot}_series`);
  return sql`(
    select s.kind, s.runtime_id, s.agent_id, s.project_id, s.member_id, s.provider, s.model, s.role,
      s.failure_class, r.bucket_at, ${columns}
    from usage_rollups r
    join usage_series s on s.workspace_id = r.workspace_id and s.id = r.series_id
    where r.workspace_id = ${workspaceId} and r.pivot = ${read.pivot} and r.tier = ${read.tier}
      and r.bucket_at >= ${read.from} and r.bucket_at < ${read.to}
    union all
    select s.kind, s.runtime_id, s.agent_id, s.project_id, s.member_id, s.provider, s.model, s.role,
      s.failure_class, t.bucket_at, ${tailColumns(sql)}
    from usage_tail t
    join usage_meters m on m.workspace_id = t.workspace_id and m.id = t.meter_id
    join usage_series s on s.workspace_id = m.workspace_id and s.id = m.${series}
    where t.workspace_id = ${workspaceId} and t.bucket_at >= ${read.from} and t.bucket_at < ${read.to})`;
}

/**
 * A relation with the figures of every meter per quarter of an hour: meter_id, kind, task_id,
 * issue_id, runtime_id, agent_id, project_id, member_id, provider, model, role, failure_class,
 * bucket_at and every figure. It includes what is not folded yet.
 */
export function bucketPoints(ctx: Ctx, read: Range): Fragment {
  const { sql, workspaceId } = ctx;
  const dimensions = sql`m.id as meter_id, m.kind, m.task_id, m.issue_id, m.runtime_id, m.agent_id,
    m.project_id, m.member_id, m.provider, m.model, m.role, m.failure_class`;
  return sql`(
    select ${dimensions}, b.bucket_at, ${qualified(sql, "b")}
    from usage_buckets b
    join usage_meters m on m.workspace_id = b.workspace_id and m.id = b.meter_id
    where b.workspace_id = ${workspaceId} and b.bucket_at >= ${read.from} and b.bucket_at < ${read.to}
    union all
    select ${dimensions}, t.bucket_at, ${tailColumns(sql)}
    from usage_tail t
    join usage_meters m on m.workspace_id = t.workspace_id and m.id = t.meter_id
    where t.workspace_id = ${workspaceId} and t.bucket_at >= ${read.from} and t.bucket_at < ${read.to})`;
}

/** Meters have columns of the same names: their totals. */
const qualified = (sql: WorkspaceContext["sql"], table: "b" | "t") =>
  eachFigure(sql, (figure) => `${table}.${figure}`);
const tailColumns = (sql: WorkspaceContext["sql"]) => qualified(sql, "t");
