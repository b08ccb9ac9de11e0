import type {
  LiveSeries,
  LiveSeriesReply,
  LiveTimes,
} from "@headcount/contract/live/series-schemas";
import { liveLevels, type LiveMetric } from "@headcount/contract/live/words";
import { parseUsd } from "../usage/money.ts";

type Stretch = Pick<LiveSeriesReply, "from" | "to" | "sums" | "levels">;
type Group = Stretch["sums"];

/** A stretch of time from what was known of it and what was read since; null when they do not fit. */
export function growStretch(known: Stretch, news: Stretch): Stretch | null {
  const sums = growGroup(known.sums, news.sums, news);
  const levels = growGroup(known.levels, news.levels, news);
  if (sums === null || levels === null) return null;
  return { from: news.from, to: news.to, sums, levels };
}

function growGroup(known: Group, news: Group, range: Pick<Stretch, "from" | "to">): Group | null {
  if (known.times.bucket !== news.times.bucket) return null;
  const first = known.times.startsAt.indexOf(range.from);
  const joint = jointOf(known.times, news.times.startsAt[0] ?? range.to);
  if (first < 0 || joint < first) return null;
  const series = news.series.map((one): LiveSeries | null => {
    const before = known.series.find(({ metric }) => metric === one.metric);
    if (before === undefined) return null;
    const grown = { ...one, values: [...before.values.slice(first, joint), ...one.values] };
    return addsUp(grown) ? grown : null;
  });
  if (series.includes(null)) return null;
  return {
    times: {
      ...news.times,
      startsAt: [...known.times.startsAt.slice(first, joint), ...news.times.startsAt],
    },
    series: series.filter((one) => one !== null),
  };
}

/** How many known buckets lie before an instant; none but whole ones, else they do not fit. */
function jointOf({ startsAt, endsAt }: LiveTimes, instant: string): number {
  const at = startsAt.indexOf(instant);
  if (at >= 0) return at;
  return instant === endsAt ? startsAt.length : -1;
}

/** Averages have no sum that they could be held to. */
const averaged: ReadonlySet<LiveMetric> = new Set(liveLevels);

function addsUp({ metric, values, total }: LiveSeries): boolean {
  if (averaged.has(metric)) return true;
  return values.reduce((sum, value) => sum + amountOf(value), 0n) === amountOf(total);
}

/** Exact, in millionths of a millionth; nothing is what is not known or has no price. */
function amountOf(value: number | string | null): bigint {
  if (value === null) return 0n;
  const amount = parseUsd(String(value));
  if (!amount.ok) throw new Error(`${value} is no amount`);
  return amount.value;
}
