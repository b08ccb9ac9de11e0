import type { WorkspaceContext } from "../../platform/context.ts";
import { dayTiersOf, readKeptZones } from "./day-tiers.ts";
import { moveTail } from "./store.ts";

type Ctx = Pick<WorkspaceContext, "sql" | "workspaceId">;

/** Rows that one statement moves; more would keep readers of the same rows waiting for disk. */
const rowsAtOnce = 20_000;

/**
 * Moves the tail into the sums. No answer changes by it, because readers add the tail themselves;
 * it only keeps the tail short. The caller holds the lock of `lockSums`.
 * @returns whether rows may be left
 */
export async function foldTail(ctx: Ctx): Promise<"done" | "more"> {
  const [bounds] = await ctx.sql<{ from: Date | null; to: Date | null }[]>`
    select min(bucket_at) as "from", max(bucket_at) as "to" from usage_tail
    where workspace_id = ${ctx.workspaceId}`;
  if (!bounds?.from || !bounds.to) return "done";
  const part = { from: bounds.from, to: bounds.to, limit: rowsAtOnce };
  const days = dayTiersOf(await readKeptZones(ctx), part.from, part.to);
  return (await moveTail(ctx, part, days)) < rowsAtOnce ? "done" : "more";
}

/** Moves all of the tail, however long it is. */
export async function foldWholeTail(ctx: Ctx): Promise<void> {
  while ((await foldTail(ctx)) === "more") {
    // Each turn moves a bounded number of rows.
  }
}
