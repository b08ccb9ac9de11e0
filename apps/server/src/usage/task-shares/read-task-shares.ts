import type { UsageMetric } from "@headcount/contract/usage/query-words";
import type { TimeRange } from "@headcount/domain/usage/query/cut-time";
import {
  type FigureName,
  figureNameOf,
  type Measured,
  nothing,
} from "@headcount/domain/usage/query/measures";
import type { WorkspaceContext } from "../../platform/context.ts";
import { summedFigures } from "../query/figure-columns.ts";
import { findClosedAgents } from "../query/find-closed-agents.ts";
import { groupColumn } from "../query/group-columns.ts";
import { readPointsBehind } from "../query/read-points-behind.ts";
import type { Filter } from "../query/question.ts";
import { toFigureSums } from "../query/to-figure-sums.ts";

type Fragment = ReturnType<WorkspaceContext["sql"]>;

export type TaskSharesQuestion = {
  readonly range: TimeRange;
  readonly zone: string;
  /** By the clock and the calendar of the zone; null for all. */
  readonly hour: number | null;
  readonly weekday: number | null;
  readonly filters: readonly Filter[];
  readonly figures: readonly FigureName[];
  readonly order: {
    readonly by: Exclude<UsageMetric, "active_agents">;
    readonly direction: "up" | "down";
  };
  readonly limit: number;
  /** The last row of the page before; null for the first page. */
  readonly after: { readonly size: string; readonly key: string } | null;
};

/** Keys of the two rows that are no single task. */
export const privateKey = "private";
export const unmanagedKey = "unmanaged";

export type MeasuredShare = {
  /** Id of the task, or one of the keys above. */
  readonly key: string;
  /** What the order goes by, the largest first. */
  readonly size: string;
  readonly measured: Measured;
};

/** Rows of other pages, together. */
export type OtherShares = { readonly rowCount: number; readonly measured: Measured };

export type TaskShares = {
  readonly page: readonly MeasuredShare[];
  readonly before: OtherShares;
  readonly rest: OtherShares;
};

type Row = {
  readonly part: "before" | "page" | "rest";
  readonly key: string | null;
  readonly size: string;
  readonly rowCount: number;
} & Readonly<Record<string, unknown>>;

/** One page of what each task adds, and the sums of the other pages, in one snapshot. */
export async function readTaskShares(
  ctx: WorkspaceContext,
  question: TaskSharesQuestion,
): Promise<TaskShares> {
  const { figures } = question;
  const rows = await readRows(ctx, question, await findClosedAgents(ctx));
  const measured = (row: Row): Measured => ({ ...nothing, sums: toFigureSums(row, figures) });
  const others = (part: Row["part"]): OtherShares => {
    const row = rows.find((one) => one.part === part);
    return { rowCount: row?.rowCount ?? 0, measured: row ? measured(row) : nothing };
  };
  return {
    page: rows.flatMap((row) =>
      row.part === "page" && row.key !== null
        ? [{ key: row.key, size: row.size, measured: measured(row) }]
        : [],
    ),
    before: others("before"),
    rest: others("rest"),
  };
}

function readRows(
  ctx: WorkspaceContext,
  question: TaskSharesQuestion,
  closedAgentIds: readonly string[],
): Promise<Row[]> {
  const { sql } = ctx;
  const { figures, order, limit, after } = question;
  const by = figureNameOf(order.by);
  const size = sql.unsafe(
    `${order.direction === "up" ? "-" : ""}coalesce(f${figures.findIndex((name) => name === by)}, 0)`,
  );
  const columns = sql.unsafe(figures.map((_, at) => `f${at}`).join(", "));
  const sums = sql.unsafe(figures.map((_, at) => `sum(f${at})::text as f${at}`).join(", "));
  const isSomething = sql.unsafe(
    `num_nonnulls(${figures.map((_, at) => `nullif(f${at}, 0)`).join(", ")}) > 0`,
  );
  const isBefore: Fragment =
    after === null
      ? sql`false`
      : sql`(${size} > ${after.size}::numeric
          or (${size} = ${after.size}::numeric and key <= ${after.key}))`;
  return readPointsBehind(
    ctx,
    question,
    (points) => sql<Row[]>`
    with shares as (
      select case when p.task_id is null then ${unmanagedKey}
          when p.agent_id = any(${[...closedAgentIds]}::uuid[]) then ${privateKey}
          else p.task_id::text end as key,
        ${summedFigures(sql, figures)}
      from ${points} p
      where ${atHour(sql, question)}
      group by 1
    ), ranked as (
      select key, ${size} as size, ${columns}, ${isBefore} as is_before,
        count(*) filter (where ${isBefore}) over () as skipped,
        row_number() over (order by ${size} desc, key) as place
      from shares where ${isSomething}
    ), parts as (
      select ranked.*, case when is_before then 'before'
        when place <= skipped + ${limit} then 'page' else 'rest' end as part
      from ranked
    )
    select part, case when part = 'page' then key end as key, max(size)::text as size,
      count(*)::int as row_count, ${sums}
    from parts
    group by 1, 2, case when part = 'page' then place end
    order by min(place)`,
  );
}

/** Whether a point `p` lies in the asked hour of the day and on the asked day of the week. */
function atHour(sql: WorkspaceContext["sql"], question: TaskSharesQuestion): Fragment {
  const at = (grouping: "hour" | "weekday", wanted: number | null): Fragment =>
    wanted === null
      ? sql`true`
      : sql`${groupColumn(sql, grouping, { question, slots: [] })} = ${wanted}`;
  return sql`${at("hour", question.hour)} and ${at("weekday", question.weekday)}`;
}
