import type { UsageDifference } from "@headcount/contract/usage/books-schemas";
import type { WorkspaceContext } from "../../platform/context.ts";
import { figureSums, usageFigures } from "../figures.ts";
import { keptQuarters } from "../minutes/kept-quarters.ts";
import { forgetQuarters } from "../minutes/store.ts";
import { describeDifference, figureArray } from "./figure-arrays.ts";
import type { VerifiedRange } from "./ledger-sums.ts";

type Ctx = Pick<WorkspaceContext, "sql" | "workspaceId">;
type Fragment = ReturnType<WorkspaceContext["sql"]>;

type Row = {
  readonly quarterAt: Date;
  readonly buckets: readonly string[] | null;
  readonly minutes: readonly string[] | null;
};

/** Quarters of an hour whose minutes are not what their buckets are, which the ledger vouches for. */
export async function findWrongMinutes(
  ctx: Ctx,
  range: VerifiedRange,
): Promise<readonly UsageDifference[]> {
  return (await readWrongMinutes(ctx, range)).map(({ quarterAt, buckets, minutes }) => ({
    rollup: "usage_minutes",
    key: quarterAt.toISOString().replace(":00.000Z", "Z"),
    ...describeDifference(buckets, minutes, usageFigures),
  }));
}

/** Has them counted anew; until then the ledger is read. @returns how many there were */
export async function forgetWrongMinutes(ctx: Ctx, range: VerifiedRange): Promise<number> {
  const wrong = await readWrongMinutes(ctx, range);
  await forgetQuarters(
    ctx,
    wrong.map(({ quarterAt }) => quarterAt),
  );
  return wrong.length;
}

/** In one statement, because what is folded meanwhile changes both sides. */
function readWrongMinutes(ctx: Ctx, range: VerifiedRange): Promise<Row[]> {
  const { sql, workspaceId } = ctx;
  const sumsOf = (table: string, at: string): Fragment => sql`(
    select quarter_at, ${figureArray(sql, usageFigures)} as figures from (
      select date_bin('15 minutes', ${sql(at)}, 'epoch'::timestamptz) as quarter_at,
        ${figureSums(sql, undefined, usageFigures)}
      from ${sql(table)} where workspace_id = ${workspaceId}
        and ${sql(at)} >= ${range.from} and ${sql(at)} < ${range.to}
      group by 1) as sums)`;
  return sql<Row[]>`
    select quarter_at, b.figures::text[] as buckets, m.figures::text[] as minutes
    from ${keptQuarters(ctx, range)} as kept
    left join ${sumsOf("usage_buckets", "bucket_at")} b using (quarter_at)
    left join ${sumsOf("usage_minutes", "minute_at")} m using (quarter_at)
    where b.figures is distinct from m.figures
    order by quarter_at`;
}
