import type { TimeRange } from "./cut-time.ts";

const quarterMs = 15 * 60_000;

/**
 * Quarters of an hour, those side by side in one.
 * @param quarters their beginnings, in order
 */
export function joinQuarters(quarters: readonly number[]): readonly TimeRange[] {
  const stretches: TimeRange[] = [];
  for (const atMs of quarters) {
    const last = stretches.at(-1);
    if (last?.toMs === atMs) stretches[stretches.length - 1] = { ...last, toMs: atMs + quarterMs };
    else stretches.push({ fromMs: atMs, toMs: atMs + quarterMs });
  }
  return stretches;
}
