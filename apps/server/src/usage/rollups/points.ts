import type { WorkspaceContext } from "../../platform/context.ts";
import {
  eachFigure,
  type Figure,
  figureColumns,
  noFigures,
  taskFigures,
  usageFigures,
} from "../figures.ts";
import { hourPivots, type Pivot } from "./pivots.ts";
import { taskPoints } from "./task-points.ts";

type Ctx = Pick<WorkspaceContext, "sql" | "workspaceId">;
type Fragment = ReturnType<WorkspaceContext["sql"]>;

/** `from` inclusive, `to` exclusive, both on a boundary of what is read. */
export type Range = { readonly from: Date; readonly to: Date };

/** What is asked for: figures of usage, of tasks, or of both. */
export type Kinds = ReadonlySet<"usage" | "task">;

/** Tier of UTC hours in `usage_rollups`; higher ones are calendar days of a zone. */
export const hourTier = 1;

export type RollupRead = Range & {
  readonly pivot: Pivot;
  /** `hourTier`, or the tier of a zone; the range consists of whole ones of them. */
  readonly tier: number;
  readonly figures: readonly Figure[];
  /** `together`: nothing tells the hours or days of the range apart, so a series is one row. */
  readonly times: "apart" | "together";
};

/**
 * A relation with some figures of one pivot: runtime_id, agent_id, project_id, member_id, provider,
 * model, role, failure_class, bucket_at and the figures. What the pivot does not keep apart is null.
 * It includes what is not folded yet, whose bucket_at is a quarter of an hour inside the hour or day
 * that it belongs to.
 */
export function rollupPoints(ctx: Ctx, read: RollupRead): Fragment {
  if (read.tier === hourTier && !hourPivots.includes(read.pivot)) {
    throw new Error(`Hours of the pivot ${read.pivot} are not kept`);
  }
  const { sql, workspaceId } = ctx;
  const { figures } = read;
  const dimensions = sql`s.runtime_id, s.agent_id, s.project_id, s.member_id, s.provider, s.model,
    s.role, s.failure_class`;
  const columns = (table: "r" | "t") => eachFigure(sql, (figure) => `${table}.${figure}`, figures);
  return sql`(
    select ${dimensions}, r.bucket_at, ${columns("r")}
    from (${foldedRows(ctx, read)}) as r
    join usage_series s on s.workspace_id = ${workspaceId} and s.id = r.series_id
    union all
    select ${dimensions}, t.bucket_at, ${columns("t")}
    from usage_tail t
    join usage_meters m on m.workspace_id = t.workspace_id and m.id = t.meter_id
    join usage_series s on s.workspace_id = m.workspace_id and s.id = m.${sql(`${read.pivot}_series`)}
    where t.workspace_id = ${workspaceId} and t.bucket_at >= ${read.from} and t.bucket_at < ${read.to})`;
}

/** Adding up by number is cheaper than by what the number stands for, and leaves few rows to look up. */
function foldedRows({ sql, workspaceId }: Ctx, read: RollupRead): Fragment {
  const { figures } = read;
  const rows = sql`from usage_rollups
    where workspace_id = ${workspaceId} and pivot = ${read.pivot} and tier = ${read.tier}
      and bucket_at >= ${read.from} and bucket_at < ${read.to}`;
  if (read.times === "apart") {
    return sql`select series_id, bucket_at, ${figureColumns(sql, figures)} ${rows}`;
  }
  const sums = eachFigure(sql, (figure) => `sum(${figure}) as ${figure}`, figures);
  return sql`select series_id, min(bucket_at) as bucket_at, ${sums} ${rows} group by series_id`;
}

/**
 * A relation with the figures of every meter: meter_id, task_id, issue_id, runtime_id, agent_id,
 * project_id, member_id, provider, model, role, failure_class, bucket_at and every figure; usage per
 * quarter of an hour, tasks at the instant of their start or end. It includes what is not folded yet.
 */
export function bucketPoints(ctx: Ctx, range: Range, kinds: Kinds): Fragment {
  const { sql, workspaceId } = ctx;
  return sql`(
    select m.id as meter_id, m.task_id, m.issue_id, m.runtime_id, m.agent_id, m.project_id,
      m.member_id, m.provider, m.model, m.role, m.failure_class, p.bucket_at,
      ${eachFigure(sql, (figure) => `p.${figure}`)}
    from ${meterPoints(ctx, range, kinds)} p
    join usage_meters m on m.workspace_id = ${workspaceId} and m.id = p.meter_id)`;
}

/** The same without dimensions other than meter_id, for questions that tell only time apart. */
export function meterPoints(ctx: Ctx, { from, to }: Range, kinds: Kinds): Fragment {
  const { sql, workspaceId } = ctx;
  const usage = (table: "usage_buckets" | "usage_tail"): Fragment => sql`
    select meter_id, bucket_at, ${figureColumns(sql, usageFigures)}, ${noFigures(sql, taskFigures)}
    from ${sql(table)}
    where workspace_id = ${workspaceId} and bucket_at >= ${from} and bucket_at < ${to}`;
  const tasks = taskPoints(ctx, { from, to });
  if (!kinds.has("usage")) return tasks;
  const used = sql`${usage("usage_buckets")} union all ${usage("usage_tail")}`;
  return kinds.has("task") ? sql`(${used} union all ${tasks})` : sql`(${used})`;
}
