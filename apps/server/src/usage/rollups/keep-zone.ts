import type { WorkspaceContext } from "../../platform/context.ts";
import { dayTiersOf, type KeptZone, readKeptZones } from "./day-tiers.ts";
import { foldedPoints } from "./folded-points.ts";
import { lockSums } from "./lock-sums.ts";
import { pivots } from "./pivots.ts";
import { hourTier } from "./points.ts";
import { addToRollups, deleteZone, insertZone, setZoneAsked } from "./store.ts";

type Ctx = Pick<WorkspaceContext, "sql" | "workspaceId" | "now">;

/** Zones beyond this number are answered from hours and quarters of an hour: right, but slower. */
export const mostKeptZones = 16;

const dayMs = 24 * 3_600_000;
/** A zone in which nobody has asked for this long gives its place to another one. */
const unusedMs = 30 * dayMs;

/** Whether `keepZone` would do anything for somebody who asks in a zone now. */
export function isWorthKeeping(kept: readonly KeptZone[], zone: string, now: Date): boolean {
  const known = kept.find((one) => one.zone === zone);
  if (known) return now.getTime() - known.lastAskedAt.getTime() > dayMs;
  return kept.length < mostKeptZones || longestUnused(kept, now) !== null;
}

function longestUnused(kept: readonly KeptZone[], now: Date): KeptZone | null {
  const [oldest] = kept.toSorted((a, b) => a.lastAskedAt.getTime() - b.lastAskedAt.getTime());
  const isUnused = oldest && now.getTime() - oldest.lastAskedAt.getTime() > unusedMs;
  return isUnused ? oldest : null;
}

/**
 * Keeps calendar days of a zone from now on, those of the past included. Days are exact from the
 * commit of this transaction on. When there is no room, the zone that was longest unused goes.
 */
export async function keepZone(ctx: Ctx, zone: string): Promise<void> {
  await lockSums(ctx);
  const before = await readKeptZones(ctx);
  if (!isWorthKeeping(before, zone, ctx.now)) return;
  if (before.some((kept) => kept.zone === zone)) return setZoneAsked(ctx, zone);
  const unused = before.length < mostKeptZones ? null : longestUnused(before, ctx.now);
  if (unused) await deleteZone(ctx, unused.tier);
  await insertZone(ctx, zone);
  const added = (await readKeptZones(ctx)).filter((kept) => kept.zone === zone);
  // Whatever is in the sums is in the hours of the whole workspace.
  const [bounds] = await ctx.sql<{ from: Date | null; to: Date | null }[]>`
    select min(bucket_at) as "from", max(bucket_at) + interval '1 hour' as "to" from usage_rollups
    where workspace_id = ${ctx.workspaceId} and pivot = 'total' and tier = ${hourTier}`;
  if (!bounds?.from || !bounds.to) return;
  const days = dayTiersOf(added, bounds.from, bounds.to);
  await addToRollups(ctx, foldedPoints(ctx, "all"), { pivots, hours: "without", days });
}
