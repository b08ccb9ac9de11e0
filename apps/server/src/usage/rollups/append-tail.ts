import type { WorkspaceContext } from "../../platform/context.ts";
import { eachFigure, type Figure, figureType } from "../figures.ts";
import { insertTail } from "./store.ts";

type Ctx = Pick<WorkspaceContext, "sql" | "workspaceId">;

/** Net change of some figures of a meter inside one bucket; zero and what is not named are the same. */
export type TailRow = {
  readonly meterId: number;
  readonly bucketAt: Date;
  readonly figures: Readonly<Partial<Record<Figure, bigint>>>;
};

/** Says what has changed in the ledger, so that every reader counts it from this commit on. */
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
  await insertTail(
    ctx,
    sql`select ${ctx.workspaceId}, item.* from jsonb_to_recordset(${sql.json(items as never)}::jsonb)
      as item(meter_id int, bucket_at timestamptz,
        ${eachFigure(sql, (figure) => `${figure} ${figureType(figure)}`)})`,
  );
}
