import type { TimeRange } from "./cut-time.ts";

/** Ranges that touch or overlap as one, which is read once, and where it is cut so that each can be told from it. */
export type Stretch = TimeRange & {
  /** Every bound of a range in it but its end, in order; the first is its beginning. */
  readonly cutsMs: readonly number[];
};

/** What all these ranges cover, without anything twice and without what lies between them. */
export function joinStretches(ranges: readonly TimeRange[]): readonly Stretch[] {
  const stretches: { fromMs: number; toMs: number; bounds: Set<number> }[] = [];
  for (const { fromMs, toMs } of ranges.toSorted((a, b) => a.fromMs - b.fromMs)) {
    if (fromMs >= toMs) continue;
    const last = stretches.at(-1);
    if (last !== undefined && fromMs <= last.toMs) {
      last.toMs = Math.max(last.toMs, toMs);
      last.bounds.add(fromMs).add(toMs);
    } else {
      stretches.push({ fromMs, toMs, bounds: new Set([fromMs, toMs]) });
    }
  }
  return stretches.map(({ fromMs, toMs, bounds }) => ({
    fromMs,
    toMs,
    cutsMs: [...bounds].filter((bound) => bound < toMs).toSorted((a, b) => a - b),
  }));
}
