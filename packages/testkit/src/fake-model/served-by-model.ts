import type { LoggedRequest } from "./logged-request.ts";
import { type TokenCounts, addCounts, allCounts } from "./token-counts.ts";

/** Summed counts of the replies of one model that were served in full. */
export type ServedUsage = TokenCounts & { readonly requests: number };

/** Per model id: the ground truth that a report of a run is compared with. */
export type ServedByModel = Readonly<Record<string, ServedUsage>>;

/** Sums what was served in full. Replies that broke off are left out. */
export function servedByModel(requests: readonly LoggedRequest[]): ServedByModel {
  const sums = new Map<string, ServedUsage>();
  for (const { served } of requests) {
    if (served === undefined || served.usage === null) continue;
    const before = sums.get(served.model) ?? { ...allCounts(), requests: 0 };
    const sum = addCounts(before, served.usage);
    sums.set(served.model, { ...sum, requests: before.requests + 1 });
  }
  return Object.fromEntries(sums);
}
