/** A part of a text: from `start` up to, not including, `end`. */
export type Interval = { readonly start: number; readonly end: number };

/** In order; those that share a unit become one. */
export function mergeIntervals(found: readonly Interval[]): readonly Interval[] {
  const sorted = found.toSorted((left, right) => left.start - right.start);
  const merged: Interval[] = [];
  for (const next of sorted) {
    const last = merged.at(-1);
    if (last === undefined || next.start >= last.end) merged.push(next);
    else if (next.end > last.end) merged[merged.length - 1] = { start: last.start, end: next.end };
  }
  return merged;
}

/** The text with each part replaced by the mark; what lies between goes through `keep`. */
export function replaceIntervals(
  text: string,
  parts: readonly Interval[],
  change: { readonly mark: string; readonly keep: (text: string) => string },
): string {
  const pieces: string[] = [];
  let at = 0;
  for (const { start, end } of parts) {
    if (start > at) pieces.push(change.keep(text.slice(at, start)));
    pieces.push(change.mark);
    at = end;
  }
  if (at < text.length) pieces.push(change.keep(text.slice(at)));
  return pieces.join("");
}
