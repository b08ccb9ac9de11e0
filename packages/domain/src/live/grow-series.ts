import type { LiveSeriesReply } from "@headcount/contract/live/series-schemas";
import type { TimeRange } from "../usage/query/cut-time.ts";
import { growStretch } from "./grow-stretch.ts";

/** What was used before this is told by then, unless a machine was cut off. */
export const lateMs = 60_000;

/**
 * From where on a range has to be read by who knows an answer of a moment ago: the beginning of the
 * bucket that may still have been filled then, or of the one in which something was revised. Null
 * when all of it has to be read.
 * @param revisedFromMs no figure of a time before it has changed since; Infinity for none at all
 */
export function seriesSince(
  known: LiveSeriesReply,
  range: TimeRange,
  revisedFromMs: number = Number.POSITIVE_INFINITY,
): string | null {
  const { sums, levels } = known;
  const doubtfulMs = Math.min(Date.parse(known.asOf) - lateMs, revisedFromMs);
  // What is known may end before a range that moves and lies in the past.
  const isWhole = doubtfulMs >= range.toMs && Date.parse(known.to) >= range.toMs;
  const sinceMs = isWhole
    ? range.toMs
    : Math.min(bucketBefore(sums.times, doubtfulMs), bucketBefore(levels.times, doubtfulMs));
  const isKnown = [sums.times, levels.times].every(({ startsAt }) =>
    startsAt.includes(new Date(range.fromMs).toISOString()),
  );
  return isKnown && sinceMs > range.fromMs ? new Date(sinceMs).toISOString() : null;
}

function bucketBefore({ startsAt }: LiveSeriesReply["sums"]["times"], atMs: number): number {
  const start = startsAt.findLast((instant) => Date.parse(instant) <= atMs);
  return start === undefined ? Number.NEGATIVE_INFINITY : Date.parse(start);
}

/**
 * An answer as the whole range would have given it, made of an earlier one and of what was read
 * since. Null when the two do not fit, or when their buckets no longer add up to the sums of the
 * range: something was corrected, moved or told late, and the whole range has to be read.
 */
export function growSeries(known: LiveSeriesReply, news: LiveSeriesReply): LiveSeriesReply | null {
  if (news.since === null) return news;
  const stretch = growStretch(known, news);
  if (stretch === null || (known.hiddenMarks > 0 && news.hiddenMarks === 0)) return null;
  const comparison =
    known.comparison && news.comparison && growStretch(known.comparison, news.comparison);
  if (comparison === null && news.comparison !== null) return null;
  const { from, since } = news;
  const marks = [
    ...known.marks.filter(({ at }) => isBetween(at, from, since)),
    ...news.marks.filter(({ at }) => Date.parse(at) >= Date.parse(since)),
  ];
  return {
    ...news,
    ...stretch,
    comparison,
    marks: news.hiddenMarks > 0 ? marks.filter(({ taskId }) => taskId === null) : marks,
    since: null,
  };
}

const isBetween = (at: string, from: string, to: string): boolean =>
  Date.parse(at) >= Date.parse(from) && Date.parse(at) < Date.parse(to);
