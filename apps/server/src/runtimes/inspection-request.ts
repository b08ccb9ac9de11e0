import type { InspectionRequest } from "@headcount/contract/runtimes/inspection";

/** A machine that has not heard of a wish by then is not there; its wish is forgotten. */
export const pendingMs = 30_000;
const runningMs = 60_000;
/** A wish that came to nothing is shown that long. */
const shownMs = 10 * 60_000;

export type InspectionWish = {
  readonly inspectionRequestedAt: Date | null;
  readonly inspectionPickedAt: Date | null;
};

/** What has become of a wish; an answer has taken it away. */
export function inspectionRequest(wish: InspectionWish, now: Date): InspectionRequest {
  const { inspectionRequestedAt: requested, inspectionPickedAt: picked } = wish;
  if (requested === null) return "none";
  const ageMs = now.getTime() - (picked ?? requested).getTime();
  const limitMs = picked === null ? pendingMs : runningMs;
  if (ageMs <= limitMs) return picked === null ? "pending" : "running";
  return ageMs <= shownMs ? "failed" : "none";
}
