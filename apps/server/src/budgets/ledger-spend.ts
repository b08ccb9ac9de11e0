import type { BudgetScope, BudgetUnit } from "@headcount/contract/budgets/words";
import { bucketOf } from "@headcount/domain/usage/buckets";
import { type WindowBounds } from "@headcount/domain/budgets/budget-window";
import type { WorkspaceContext } from "../platform/context.ts";
import { bucketPoints } from "../usage/rollups/points.ts";
import { coversMeter } from "./covers.ts";
import { kindOfUnit, sumOfUnit } from "./measure.ts";

type Ctx = Pick<WorkspaceContext, "sql" | "workspaceId">;

/** What a budget counts, apart from time. */
export type Measured = {
  readonly scope: BudgetScope;
  readonly subjectIds: readonly string[];
  readonly unit: BudgetUnit;
};

const beginning = new Date(0);
const end = new Date("9999-01-01T00:00:00Z");

/** What the books say was used in a stretch of time. */
export async function ledgerSpend(
  ctx: Ctx,
  measured: Measured,
  bounds: WindowBounds,
): Promise<bigint> {
  const [row] = await ctx.sql<{ spent: string }[]>`
    select ${sumOfUnit(ctx.sql, measured.unit)} as spent ${covered(ctx, measured, bounds)}`;
  return BigInt(row?.spent ?? 0);
}

/** The same per quarter of an hour. */
export async function ledgerQuarters(
  ctx: Ctx,
  measured: Measured,
  bounds: WindowBounds,
): Promise<{ readonly atMs: number; readonly spent: bigint }[]> {
  const rows = await ctx.sql<{ at: Date; spent: string }[]>`
    select p.bucket_at as at, ${sumOfUnit(ctx.sql, measured.unit)} as spent
    ${covered(ctx, measured, bounds)} group by 1`;
  // Tasks are known to the instant.
  return rows.map(({ at, spent }) => ({ atMs: bucketOf(at).getTime(), spent: BigInt(spent) }));
}

function covered(ctx: Ctx, { scope, subjectIds, unit }: Measured, bounds: WindowBounds) {
  const from = bounds.startsAtMs === null ? beginning : new Date(bounds.startsAtMs);
  const to = bounds.endsAtMs === null ? end : new Date(bounds.endsAtMs);
  return ctx.sql`
    from ${bucketPoints(ctx, { from, to }, new Set([kindOfUnit(unit)]))} as p
    cross join (select ${scope}::text as scope, ${[...subjectIds]}::uuid[] as subject_ids) as b
    where ${coversMeter(ctx, "p")}`;
}
