import type { LiveSeriesReply } from "@headcount/contract/live/series-schemas";
import type { TimeRange } from "@headcount/domain/usage/query/cut-time";
import type { ChartOverview } from "../../charts/time-series/chart-types.ts";

const hourMs = 60 * 60_000;
const dayMs = 24 * hourMs;
/** Stretches that the small picture may show, up to now. */
const lengths = [hourMs, 6 * hourMs, dayMs, 7 * dayMs, 30 * dayMs, 365 * dayMs, 3_650 * dayMs];
/** The shown range is a window in the picture, not all of it. */
const leastShare = 4;

/**
 * The stretch in which what is shown lies as a window: up to now, and wide enough. It begins and
 * ends on whole steps, so that it stays the same for a while.
 */
export function overviewRange(shown: TimeRange, nowMs: number): TimeRange {
  const backMs = Math.max(nowMs - shown.fromMs, (shown.toMs - shown.fromMs) * leastShare);
  const lengthMs = lengths.find((length) => length >= backMs) ?? 3_650 * dayMs;
  const stepMs = lengthMs <= dayMs ? 5 * 60_000 : hourMs;
  const toMs = (Math.floor(nowMs / stepMs) + 1) * stepMs;
  return { fromMs: toMs - lengthMs, toMs };
}

/** The picture of a stretch, as soon as it is there. */
export function overviewOf(reply: LiveSeriesReply, label: string): ChartOverview {
  const { times, series } = reply.sums;
  return {
    label,
    range: { fromMs: Date.parse(reply.from), toMs: Date.parse(reply.to) },
    timesMs: times.startsAt.map((instant) => Date.parse(instant)),
    values: (series[0]?.values ?? []).map((value) => (value === null ? null : Number(value))),
  };
}
