import { localDate, localDay, shiftDate } from "@headcount/domain/usage/buckets";
import type { WorkspaceContext } from "../../platform/context.ts";
import type { DayTiers } from "./rolled-up.ts";

type Ctx = Pick<WorkspaceContext, "sql" | "workspaceId">;

export type KeptZone = {
  readonly tier: number;
  readonly zone: string;
  /** When somebody last asked in it, to the day. */
  readonly lastAskedAt: Date;
};

/** Zones whose calendar days are kept. */
export function readKeptZones({ sql, workspaceId }: Ctx): Promise<KeptZone[]> {
  return sql<KeptZone[]>`
    select tier::int, zone, last_asked_at from usage_zones where workspace_id = ${workspaceId} order by tier`;
}

/** Days of the zones that hold the instants from one to another, both included. */
export function dayTiersOf(
  zones: readonly Pick<KeptZone, "tier" | "zone">[],
  from: Date,
  to: Date,
): DayTiers {
  const tiers: number[] = [];
  const startsAt: string[] = [];
  const endsAt: string[] = [];
  for (const { tier, zone } of zones) {
    const last = localDate(zone, to);
    for (let date = localDate(zone, from); date <= last; date = shiftDate(date, 1)) {
      const day = localDay(zone, date);
      tiers.push(tier);
      startsAt.push(day.startsAt.toISOString());
      endsAt.push(day.endsAt.toISOString());
    }
  }
  return { tiers, startsAt, endsAt };
}
