import type { TimeRange } from "../usage/query/cut-time.ts";

/** Marks that would lie on one another, as one. */
export type MarkGroup<Mark> = {
  /** Middle of the group, as a share of the range. */
  readonly share: number;
  /** At least one, in order of time. */
  readonly marks: readonly Mark[];
};

/** Groups the marks of a range so that no two groups begin closer than `apart`, a share of the range. */
export function groupMarks<Mark extends { readonly atMs: number }>(
  marks: readonly Mark[],
  range: TimeRange,
  apart: number,
): readonly MarkGroup<Mark>[] {
  const widthMs = range.toMs - range.fromMs;
  const shareOf = ({ atMs }: Mark): number => (atMs - range.fromMs) / widthMs;
  const inside = marks
    .filter(({ atMs }) => atMs >= range.fromMs && atMs <= range.toMs)
    .toSorted((one, other) => one.atMs - other.atMs);
  const groups: Mark[][] = [];
  let startsAt = Number.NEGATIVE_INFINITY;
  for (const mark of inside) {
    const open = groups.at(-1);
    if (open !== undefined && shareOf(mark) - startsAt < apart) {
      open.push(mark);
      continue;
    }
    startsAt = shareOf(mark);
    groups.push([mark]);
  }
  return groups.map((group) => ({
    share: group.reduce((sum, mark) => sum + shareOf(mark), 0) / group.length,
    marks: group,
  }));
}
