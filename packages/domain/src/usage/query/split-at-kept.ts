import type { TimeRange } from "./cut-time.ts";
import { joinQuarters } from "./join-quarters.ts";

/** A part of a range: whole quarters of an hour whose sums are kept, or what has to be read itself. */
export type KeptOrNot = TimeRange & { readonly isKept: boolean };

const quarterMs = 15 * 60_000;
/** Every part is looked for by itself; what is read needlessly costs less than many parts. */
const mostStretches = 6;

/**
 * A range side by side, from end to end: the longest stretches of which sums are kept, and the rest.
 * @param keptQuarters beginnings of the quarters of an hour whose sums are kept, in order
 */
export function splitAtKept(
  range: TimeRange,
  keptQuarters: readonly number[],
): readonly KeptOrNot[] {
  const stretches = joinQuarters(keptQuarters.filter((atMs) => isInside(atMs, range)))
    .toSorted((a, b) => lengthOf(b) - lengthOf(a))
    .slice(0, mostStretches)
    .toSorted((a, b) => a.fromMs - b.fromMs);
  const parts: KeptOrNot[] = [];
  let fromMs = range.fromMs;
  for (const stretch of stretches) {
    parts.push({ fromMs, toMs: stretch.fromMs, isKept: false });
    parts.push({ ...stretch, isKept: true });
    fromMs = stretch.toMs;
  }
  parts.push({ fromMs, toMs: range.toMs, isKept: false });
  return parts.filter((part) => part.fromMs < part.toMs);
}

const isInside = (atMs: number, { fromMs, toMs }: TimeRange): boolean =>
  atMs >= fromMs && atMs + quarterMs <= toMs;

const lengthOf = ({ fromMs, toMs }: TimeRange): number => toMs - fromMs;
