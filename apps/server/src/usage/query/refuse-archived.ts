import type { TimeGrain } from "@headcount/domain/usage/query/plan-pieces";
import { AppError } from "../../platform/app-error.ts";
import type { LedgerPlaces } from "./read-ledger-places.ts";

/** What is left of archived events. */
const finestBucket = "15min";

/**
 * Sums of less than a quarter of an hour need events, and without those of archived months they
 * would be too small.
 * @param grain `instant` where every row is that narrow, else the ends of the range are
 * @throws invalid when events that the sums need were archived
 */
export function refuseArchived({ archived }: LedgerPlaces, grain: TimeGrain): void {
  if (archived.length === 0) return;
  const what = `Events of ${archived.toSorted().join(", ")} were archived`;
  const sentence =
    grain === "instant"
      ? `${what}: of what was used there, rows of ${finestBucket} are the narrowest.`
      : `${what}: what was used there has to begin and end with a quarter of an hour, like 10:15:00Z.`;
  throw new AppError("invalid", sentence, {
    reason: "usage.archived",
    details: { archivedMonths: archived.toSorted(), finestBucket },
  });
}
