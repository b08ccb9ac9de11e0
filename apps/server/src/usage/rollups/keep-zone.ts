import type { WorkspaceContext } from "../../platform/context.ts";
import { figureColumns } from "../figures.ts";
import { dayTiersOf, readKeptZones } from "./day-tiers.ts";
import { lockSums } from "./lock-sums.ts";
import { pivots } from "./pivots.ts";
import { addToRollups, insertZone } from "./store.ts";

type Ctx = Pick<WorkspaceContext, "sql" | "workspaceId" | "now">;
type Fragment = ReturnType<WorkspaceContext["sql"]>;

/** Zones beyond this number are answered from hours and quarters of an hour: right, but slower. */
export const mostKeptZones = 16;

/**
 * Keeps calendar days of a zone from now on, those of the past included. Days are exact from the
 * commit of this transaction on.
 */
export async function keepZone(ctx: Ctx, zone: string): Promise<void> {
  await lockSums(ctx);
  const before = await readKeptZones(ctx);
  if (before.length >= mostKeptZones || before.some((kept) => kept.zone === zone)) return;
  await insertZone(ctx, zone);
  const added = (await readKeptZones(ctx)).filter((kept) => kept.zone === zone);
  const [bounds] = await ctx.sql<{ from: Date | null; to: Date | null }[]>`
    select min(bucket_at) as "from", max(bucket_at) as "to" from usage_buckets
    where workspace_id = ${ctx.workspaceId}`;
  if (!bounds?.from || !bounds.to) return;
  const buckets: Fragment = ctx.sql`(
    select meter_id, bucket_at, ${figureColumns(ctx.sql)} from usage_buckets
    where workspace_id = ${ctx.workspaceId})`;
  const days = dayTiersOf(added, bounds.from, bounds.to);
  await addToRollups(ctx, buckets, { pivots, hours: "without", days });
}
