import type { DoneSums } from "@headcount/domain/usage/outcomes/outcome-split";
import { spendFigures } from "@headcount/domain/usage/outcomes/outcome-split";
import type { WorkspaceContext } from "../../platform/context.ts";
import { fits } from "../query/fits.ts";
import { toFigureSums } from "../query/to-figure-sums.ts";
import { firstDone } from "./first-done.ts";
import type { OutcomesQuestion } from "./read-spend.ts";

export type IssuesDoneRead = {
  readonly total: DoneSums;
  readonly byGroup: ReadonlyMap<string | null, DoneSums>;
};

type Row = {
  readonly group: string | null;
  readonly isTotal: boolean;
  readonly issues: number;
} & Readonly<Record<string, unknown>>;

/** Meters know what they have counted of usage, and tasks how long they ran. */
const columns: Readonly<Record<(typeof spendFigures)[number], string>> = {
  events: "p.events",
  priced_events: "p.priced_events",
  unpriced_tokens: "p.unpriced_tokens",
  tokens: "p.input + p.cache_read + p.cache_write_5m + p.cache_write_1h + p.output",
  cost_pico: "p.cost_pico",
  notional_pico: "p.notional_pico",
  run_ms: "k.run_ms",
  // Attempts: every start counts, also one that still runs.
  tasks: "case when k.started_at is not null then 1 end",
};

const none: DoneSums = { count: 0, sums: {} };

/**
 * Issues that were first done in a range and still are, with everything that agents used on them
 * until then, whenever that was. Issues on which none has worked are left out.
 */
export async function readIssuesDone(
  ctx: WorkspaceContext,
  { range, filters, column }: OutcomesQuestion,
): Promise<IssuesDoneRead> {
  const { sql, workspaceId } = ctx;
  const from = new Date(range.fromMs);
  const sums = sql.unsafe(
    spendFigures.map((name, at) => `sum(${columns[name]})::text as f${at}`).join(", "),
  );
  const rows = await sql<Row[]>`
    with done as materialized (
      select id, first_done_at from (
        select i.id, ${firstDone(ctx)} as first_done_at from issues i
        -- What was done since then has changed since then.
        where i.workspace_id = ${workspaceId} and i.status = 'done' and i.updated_at >= ${from}
      ) as dated
      where first_done_at >= ${from} and first_done_at < ${new Date(range.toMs)}
    )
    select told."group", grouping(told."group") = 1 as is_total,
      count(distinct p.issue_id)::int as issues, ${sums}
    from done d
    join usage_meters p on p.workspace_id = ${workspaceId} and p.issue_id = d.id
    left join tasks t on t.workspace_id = ${workspaceId} and t.id = p.task_id
    left join usage_tasks k on k.workspace_id = ${workspaceId} and k.task_id = p.task_id
      and k.meter_id = p.id
    cross join lateral (select ${column} as "group") as told
    where ${fits(sql, { filters })}
      and not coalesce(coalesce(t.started_at, t.queued_at) >= d.first_done_at, false)
    group by grouping sets ((told."group"), ())`;
  const sumsOf = (row: Row): DoneSums => ({
    count: row.issues,
    sums: toFigureSums(row, spendFigures),
  });
  const total = rows.find((row) => row.isTotal);
  return {
    total: total ? sumsOf(total) : none,
    byGroup: new Map(rows.filter((row) => !row.isTotal).map((row) => [row.group, sumsOf(row)])),
  };
}
