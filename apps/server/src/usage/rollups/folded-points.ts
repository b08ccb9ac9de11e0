import type { WorkspaceContext } from "../../platform/context.ts";
import { eachFigure, noFigures, taskFigures, usageFigures } from "../figures.ts";
import { allTaskPoints, type MeterOfTask, taskPointsOf } from "./task-points.ts";

type Ctx = Pick<WorkspaceContext, "sql" | "workspaceId">;
type Fragment = ReturnType<WorkspaceContext["sql"]>;

/**
 * A relation with everything that is in the sums, per meter: meter_id, bucket_at and every figure.
 * What tasks add is known from the tasks themselves, less what the tail still holds of it, so one
 * statement sees exactly what has been folded, whatever is booked meanwhile. The caller holds the
 * lock of `lockSums`.
 * @param meters these alone, or all of the workspace
 */
export function foldedPoints(ctx: Ctx, meters: readonly MeterOfTask[] | "all"): Fragment {
  const { sql, workspaceId } = ctx;
  const chosen =
    meters === "all"
      ? sql`workspace_id = ${workspaceId}`
      : sql`workspace_id = ${workspaceId} and meter_id = any(${meters.map(({ id }) => id)}::int[])`;
  const tasks = meters === "all" ? allTaskPoints(ctx) : taskPointsOf(ctx, meters);
  return sql`(
    select meter_id, bucket_at, ${eachFigure(sql, (figure) => figure, usageFigures)},
      ${noFigures(sql, taskFigures)}
    from usage_buckets where ${chosen}
    union all
    ${tasks}
    union all
    select meter_id, bucket_at, ${noFigures(sql, usageFigures)},
      ${eachFigure(sql, (figure) => `-${figure}`, taskFigures)}
    from usage_tail where ${chosen})`;
}
