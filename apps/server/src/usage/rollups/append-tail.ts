import { countForBudgets } from "../../budgets/count-spend.ts";
import type { WorkspaceContext } from "../../platform/context.ts";
import { eachFigure, figureType } from "../figures.ts";
import { insertTail } from "./store.ts";
import type { TailRow } from "./tail-row.ts";

type Ctx = Pick<WorkspaceContext, "sql" | "workspaceId" | "beforeCommit">;

/** Says what has changed in the ledger: every reader and every budget counts it from this commit on. */
export async function appendTail(ctx: Ctx, rows: readonly TailRow[]): Promise<void> {
  if (rows.length === 0) return;
  const items = rows.map(({ meterId, bucketAt, figures }) => ({
    meter_id: meterId,
    bucket_at: bucketAt.toISOString(),
    ...Object.fromEntries(
      Object.entries(figures).flatMap(([figure, amount]) =>
        amount === 0n ? [] : [[figure, amount.toString()]],
      ),
    ),
  }));
  const { sql } = ctx;
  const inserted = insertTail(
    ctx,
    sql`select ${ctx.workspaceId}, item.* from jsonb_to_recordset(${sql.json(items as never)}::jsonb)
      as item(meter_id int, bucket_at timestamptz,
        ${eachFigure(sql, (figure) => `${figure} ${figureType(figure)}`)})`,
  );
  await Promise.all([inserted, countForBudgets(ctx, rows)]);
}
