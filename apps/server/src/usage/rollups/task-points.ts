import type { WorkspaceContext } from "../../platform/context.ts";
import { eachFigure, noFigures, type TaskFigure, taskFigures, usageFigures } from "../figures.ts";

type Ctx = Pick<WorkspaceContext, "sql" | "workspaceId">;
type Fragment = ReturnType<WorkspaceContext["sql"]>;

const outcomes = ["done", "no_response", "needs_input", "failed", "cancelled"] as const;

/** What a task adds when it has ended, and of it while it runs; a start adds `tasks_started` alone. */
const atEnd: Readonly<Partial<Record<TaskFigure, string>>> = {
  ...Object.fromEntries(
    outcomes.map((outcome) => [`tasks_${outcome}`, `case when outcome = '${outcome}' then 1 end`]),
  ),
  run_ms: "case when outcome is not null then run_ms end",
  queue_ms: "case when outcome is not null then queue_ms end",
  waiting_ms: "case when outcome is not null then waiting_ms end",
  lines_added: "lines_added",
  lines_deleted: "lines_deleted",
  files_changed: "files_changed",
};

/**
 * A relation with a row for each start of a task in a range, and for each end or latest measurement
 * of its lines: meter_id, bucket_at (the very instant) and every figure, those of usage null.
 * `usage_tasks` is the one place that says what tasks add to the sums, so nothing finer than hours is
 * kept of them.
 */
export function taskPoints({ sql, workspaceId }: Ctx, range: { from: Date; to: Date }): Fragment {
  const within = (column: string): Fragment => sql`workspace_id = ${workspaceId}
    and ${sql(column)} >= ${range.from} and ${sql(column)} < ${range.to}`;
  return startsAndEnds(sql, within("started_at"), within("ended_at"));
}

/** A meter, and the task whose usage or facts it counts; null for usage without a task. */
export type MeterOfTask = { readonly id: number; readonly taskId: string | null };

/** The same of the tasks of some meters, of all times. */
export function taskPointsOf({ sql, workspaceId }: Ctx, meters: readonly MeterOfTask[]): Fragment {
  const taskIds = [...new Set(meters.flatMap(({ taskId }) => taskId ?? []))];
  const ofMeters: Fragment = sql`workspace_id = ${workspaceId}
    and task_id = any(${taskIds}::uuid[]) and meter_id = any(${meters.map(({ id }) => id)}::int[])`;
  return startsAndEnds(sql, sql`started_at is not null and ${ofMeters}`, ofMeters);
}

/** The same of all tasks. */
export function allTaskPoints({ sql, workspaceId }: Ctx): Fragment {
  const all: Fragment = sql`workspace_id = ${workspaceId}`;
  return startsAndEnds(sql, sql`started_at is not null and ${all}`, all);
}

function startsAndEnds(sql: Ctx["sql"], started: Fragment, ended: Fragment): Fragment {
  const columns = (expressions: Readonly<Partial<Record<TaskFigure, string>>>) =>
    eachFigure(
      sql,
      (figure) => `(${expressions[figure as TaskFigure] ?? "null"})::bigint as ${figure}`,
      taskFigures,
    );
  return sql`(
    select meter_id, started_at as bucket_at, ${noFigures(sql, usageFigures)},
      ${columns({ tasks_started: "1" })}
    from usage_tasks where ${started}
    union all
    select meter_id, ended_at, ${noFigures(sql, usageFigures)}, ${columns(atEnd)}
    from usage_tasks where ended_at is not null and ${ended})`;
}
