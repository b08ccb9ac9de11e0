import type { IssueStatus } from "@headcount/contract/issues/schemas";
import type { SpendOutcome } from "@headcount/contract/usage/outcome-schemas";
import { spendFigures } from "@headcount/domain/usage/outcomes/outcome-split";
import { spendOutcomeOf } from "@headcount/domain/usage/outcomes/spend-outcome-of";
import type { TimeRange } from "@headcount/domain/usage/query/cut-time";
import type { FigureSums } from "@headcount/domain/usage/query/measures";
import type { WorkspaceContext } from "../../platform/context.ts";
import { summedFigures } from "../query/figure-columns.ts";
import { readPointsBehind } from "../query/read-points-behind.ts";
import type { Filter } from "../query/question.ts";
import { toFigureSums } from "../query/to-figure-sums.ts";
import { firstDone } from "./first-done.ts";

type Fragment = ReturnType<WorkspaceContext["sql"]>;

export type OutcomesQuestion = {
  readonly range: TimeRange;
  readonly filters: readonly Filter[];
  /** What rows tell apart of points or meters `p`. */
  readonly column: Fragment;
};

export type SpendPart = {
  readonly group: string | null;
  readonly outcome: SpendOutcome;
  readonly sums: FigureSums;
};

type Row = {
  readonly group: string | null;
  readonly status: IssueStatus | null;
  readonly isDeleted: boolean;
  readonly isAfterDone: boolean;
} & Readonly<Record<string, unknown>>;

/** Everything that was used in a range, by what has come of it. */
export async function readSpend(
  ctx: WorkspaceContext,
  { range, filters, column }: OutcomesQuestion,
): Promise<readonly SpendPart[]> {
  const { sql, workspaceId } = ctx;
  const figures = sql.unsafe(spendFigures.map((_, at) => `u.f${at}`).join(", "));
  const sums = sql.unsafe(spendFigures.map((_, at) => `sum(f${at})::text as f${at}`).join(", "));
  const behind = { range, filters, figures: spendFigures };
  const rows = await readPointsBehind(
    ctx,
    behind,
    (points) => sql<Row[]>`
    with used as materialized (
      select p.task_id, p.issue_id, ${column} as "group", ${summedFigures(sql, spendFigures)}
      from ${points} p group by 1, 2, 3
    ), fates as materialized (
      select i.id, i.status, i.deleted_at is not null as is_deleted,
        ${firstDone(ctx)} as first_done_at
      from issues i
      where i.workspace_id = ${workspaceId} and i.id in (select issue_id from used)
    ), told as (
      select u."group", f.status, coalesce(f.is_deleted, false) as is_deleted,
        coalesce(coalesce(t.started_at, t.queued_at) >= f.first_done_at, false) as is_after_done,
        ${figures}
      from used u
      left join fates f on f.id = u.issue_id
      left join tasks t on t.workspace_id = ${workspaceId} and t.id = u.task_id
    )
    select "group", status, is_deleted, is_after_done, ${sums}
    from told group by 1, 2, 3, 4`,
  );
  return rows.map((row) => ({
    group: row.group,
    outcome: spendOutcomeOf({
      issue: row.status && { status: row.status, isDeleted: row.isDeleted },
      began: row.isAfterDone ? "after_done" : "before_done",
    }),
    sums: toFigureSums(row, spendFigures),
  }));
}
