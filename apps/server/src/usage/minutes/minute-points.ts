import type { WorkspaceContext } from "../../platform/context.ts";
import { figureColumns, noFigures, taskFigures, usageFigures } from "../figures.ts";
import type { Kinds, Range } from "../rollups/points.ts";
import { taskPoints } from "../rollups/task-points.ts";

type Ctx = Pick<WorkspaceContext, "sql" | "workspaceId">;
type Fragment = ReturnType<WorkspaceContext["sql"]>;

/**
 * A relation with the figures of the whole workspace: bucket_at and every figure; usage per minute,
 * of quarters of an hour whose minutes are kept, tasks at the instant of their start or end.
 */
export function minutePoints(ctx: Ctx, range: Range, kinds: Kinds): Fragment {
  const { sql, workspaceId } = ctx;
  const usage = sql`
    select minute_at as bucket_at, ${figureColumns(sql, usageFigures)}, ${noFigures(sql, taskFigures)}
    from usage_minutes where workspace_id = ${workspaceId} and minute_at >= ${range.from}
      and minute_at < ${range.to}`;
  const tasks = sql`select bucket_at, ${figureColumns(sql)} from ${taskPoints(ctx, range)} as tasks`;
  if (!kinds.has("task")) return sql`(${usage})`;
  return kinds.has("usage") ? sql`(${usage} union all ${tasks})` : sql`(${tasks})`;
}
