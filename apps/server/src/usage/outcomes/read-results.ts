import { type ResultSums, spendFigures } from "@headcount/domain/usage/outcomes/outcome-split";
import type { WorkspaceContext } from "../../platform/context.ts";
import { fits } from "../query/fits.ts";
import { toFigureSums } from "../query/to-figure-sums.ts";
import type { OutcomesQuestion } from "./read-spend.ts";

type Fragment = ReturnType<WorkspaceContext["sql"]>;

export type ResultsRead = {
  readonly total: ResultSums;
  readonly byGroup: ReadonlyMap<string | null, ResultSums>;
};

type Row = {
  readonly group: string | null;
  readonly isTotal: boolean;
  readonly results: number;
} & Readonly<Record<string, unknown>>;

/** Meters know what they have counted of usage, and tasks how long they ran. */
const columns: Readonly<Record<(typeof spendFigures)[number], string>> = {
  events: "u.events",
  priced_events: "u.priced_events",
  unpriced_tokens: "u.unpriced_tokens",
  tokens: "u.tokens",
  cost_pico: "u.cost_pico",
  notional_pico: "u.notional_pico",
  run_ms: "u.run_ms",
  // Attempts: every start counts, also one that still runs.
  tasks: "case when u.is_started then 1 end",
};

const none: ResultSums = { count: 0, sums: {} };

/**
 * Results with everything that agents used on their issues, whenever that was. Those on whose issues
 * none had worked by then are left out.
 *
 * @param results SQL, rows of `(id, issue_id, after_at, until_at)`: a result has the work on the issue
 *   that began before `until_at`, and not before `after_at` unless that is null. No two results of
 *   one issue may have the same work, or it counts twice in the total.
 */
export async function readResults(
  ctx: WorkspaceContext,
  { filters, column }: Pick<OutcomesQuestion, "filters" | "column">,
  results: Fragment,
): Promise<ResultsRead> {
  const { sql, workspaceId } = ctx;
  const own = "filter (where r.after_at is null or u.began_at is null or u.began_at >= r.after_at)";
  const sums = sql.unsafe(
    spendFigures.map((name, at) => `(sum(${columns[name]}) ${own})::text as f${at}`).join(", "),
  );
  const rows = await sql<Row[]>`
    with results as materialized (${results})
    select u."group", grouping(u."group") = 1 as is_total,
      count(distinct r.id)::int as results, ${sums}
    from results r
    cross join lateral (
      select ${column} as "group", p.events, p.priced_events, p.unpriced_tokens,
        p.input + p.cache_read + p.cache_write_5m + p.cache_write_1h + p.output as tokens,
        p.cost_pico, p.notional_pico, k.run_ms, k.started_at is not null as is_started,
        coalesce(t.started_at, t.queued_at) as began_at
      from usage_meters p
      left join tasks t on t.workspace_id = ${workspaceId} and t.id = p.task_id
      left join usage_tasks k on k.workspace_id = ${workspaceId} and k.task_id = p.task_id
        and k.meter_id = p.id
      where p.workspace_id = ${workspaceId} and p.issue_id = r.issue_id
        and ${fits(sql, { filters })}
        -- A run that turned out to be of another model leaves a meter behind that counts nothing.
        and (p.events <> 0 or k.task_id is not null)
      -- Issue by issue, through indexes: there are many more meters than those of some results.
      offset 0) as u
    where not coalesce(u.began_at >= r.until_at, false)
    group by grouping sets ((u."group"), ())`;
  const sumsOf = (row: Row): ResultSums => ({
    count: row.results,
    sums: toFigureSums(row, spendFigures),
  });
  const total = rows.find((row) => row.isTotal);
  return {
    total: total ? sumsOf(total) : none,
    byGroup: new Map(rows.filter((row) => !row.isTotal).map((row) => [row.group, sumsOf(row)])),
  };
}
