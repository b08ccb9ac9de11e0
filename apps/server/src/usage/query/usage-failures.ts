import type { FailureChartClass, FailureReason } from "@headcount/contract/tasks/states";
import type { FailureFigures, UsageFailuresReply } from "@headcount/contract/usage/failure-schemas";
import { usageQueries } from "@headcount/contract/usage/query-routes";
import { fileFailure } from "@headcount/domain/tasks/failure-taxonomy";
import { formatUsd } from "@headcount/domain/usage/money";
import type { FigureName } from "@headcount/domain/usage/query/measures";
import { query } from "../../platform/command.ts";
import type { WorkspaceContext } from "../../platform/context.ts";
import { askedRange } from "./asked-range.ts";
import { summedFigures } from "./figure-columns.ts";
import { readPointsBehind } from "./read-points-behind.ts";
import { resolveFilters } from "./resolve-filters.ts";

const figures = ["tasks_failed", "run_ms"] as const satisfies readonly FigureName[];

type Row = {
  failureClass: FailureChartClass;
  failureReason: string | null;
  failures: number;
  /** int8 */
  runMs: string;
  /** numeric; null where nothing has a price. */
  costPico: string | null;
};

/** Why tasks failed: a row per reason, whatever agent it happened to. */
export const usageFailures = query(
  usageQueries.failures,
  async (ctx, input): Promise<UsageFailuresReply> => {
    const { range } = askedRange(ctx, input, null);
    const filters = await resolveFilters(ctx, input);
    const rows = await readPointsBehind(ctx, { range, filters, figures }, (points) =>
      readRows(ctx, points),
    );
    const byReason = Map.groupBy(rows, ({ failureClass, failureReason }) => {
      const { reason } = fileFailure(failureReason);
      return `${failureClass} ${reason}`;
    });
    return {
      rows: [...byReason.values()]
        .map((same) => ({ ...namesOf(same), ...sumOf(same) }))
        .toSorted((a, b) => b.failures - a.failures || (a.reason < b.reason ? -1 : 1)),
      total: sumOf(rows),
    };
  },
);

/** The groups of a map have at least one row each. */
function namesOf([first]: readonly Row[]): {
  failureClass: FailureChartClass;
  reason: FailureReason;
} {
  if (first === undefined) throw new Error("A reason without a failure");
  return {
    failureClass: first.failureClass,
    reason: fileFailure(first.failureReason).reason,
  };
}

function sumOf(rows: readonly Row[]): FailureFigures {
  const priced = rows.flatMap((row) => (row.costPico === null ? [] : [BigInt(row.costPico)]));
  const cost = priced.reduce((sum, pico) => sum + pico, 0n);
  return {
    failures: rows.reduce((sum, row) => sum + row.failures, 0),
    runTimeMs: Number(rows.reduce((sum, row) => sum + BigInt(row.runMs), 0n)),
    costUsd: rows.length > 0 && priced.length === 0 ? null : formatUsd(cost),
  };
}

function readRows(
  { sql, workspaceId }: WorkspaceContext,
  points: ReturnType<WorkspaceContext["sql"]>,
): Promise<Row[]> {
  return sql<Row[]>`
    with failed as materialized (
      select p.task_id, p.failure_class, ${summedFigures(sql, figures)}
      from ${points} p where p.failure_class is not null
      group by 1, 2 having sum(p.tasks_failed) > 0
    )
    select f.failure_class, t.failure_reason, sum(f.f0)::int as failures, sum(f.f1)::text as run_ms,
      sum(spent.cost_pico)::text as cost_pico
    from failed f
    left join tasks t on t.workspace_id = ${workspaceId} and t.id = f.task_id
    left join lateral (
      select sum(m.cost_pico) filter (where m.priced_events > 0) as cost_pico
      from usage_meters m
      where m.workspace_id = ${workspaceId} and m.task_id = f.task_id and m.kind = 'usage'
    ) as spent on true
    group by 1, 2`;
}
