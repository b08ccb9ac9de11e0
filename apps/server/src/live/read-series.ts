import type { ParsedInputOf } from "@headcount/contract/kit/route";
import { live } from "@headcount/contract/live/routes";
import type { LiveSeriesReply, LiveTimes } from "@headcount/contract/live/series-schemas";
import { liveChanges, liveLevels, type LiveMetric, liveSums } from "@headcount/contract/live/words";
import type { UsageBucket } from "@headcount/contract/usage/query-words";
import { comparedRange } from "@headcount/domain/charts/compared-range";
import { levelBucket } from "@headcount/domain/live/choose-bucket";
import { liveCsv } from "@headcount/domain/live/live-csv";
import { canonicalZone } from "@headcount/domain/usage/query/canonical-zone";
import { cutTime, type TimeRange, type TimeSlot } from "@headcount/domain/usage/query/cut-time";
import { AppError } from "../platform/app-error.ts";
import { query } from "../platform/command.ts";
import type { WorkspaceContext } from "../platform/context.ts";
import type { Filter } from "../usage/query/question.ts";
import { resolveFilters } from "../usage/query/resolve-filters.ts";
import { fitToArchive } from "./fit-to-archive.ts";
import { keptSince } from "./kept-since.ts";
import { readLevels } from "./read-levels.ts";
import { sumLines } from "./read-lines.ts";
import { readMarks } from "./read-marks.ts";
import { readSums } from "./read-sums.ts";
import { slotsSince } from "./slots-since.ts";

type Input = ParsedInputOf<typeof live.series>;

type Asked = {
  readonly zone: string;
  readonly metrics: readonly LiveMetric[];
  readonly filters: readonly Filter[];
  readonly bucket: UsageBucket;
};

/** A range, and from where on its buckets are wanted. */
type Part = { readonly range: TimeRange; readonly sinceMs: number };

type Stretch = Pick<LiveSeriesReply, "from" | "to" | "sums" | "levels">;

const shortestMs = 60_000;
const longestMs = 3_660 * 24 * 60 * 60_000;

/** Figures over any range, in buckets that suit it. */
export const readLiveSeries = query(
  live.series,
  async (ctx, input): Promise<LiveSeriesReply> => {
    const wanted = rangeOf(input);
    const askedSinceMs = sinceOf(input, wanted);
    const zone = canonicalZone(input.tz);
    const { bucket, range, compared } = await fitToArchive(ctx, wanted, (one) =>
      input.compare ? comparedRange({ with: input.compare, zone, range: one }) : null,
    );
    const sinceMs = askedSinceMs ?? range.fromMs;
    const asked: Asked = {
      zone,
      metrics: input.metrics,
      filters: await resolveFilters(ctx, input),
      bucket,
    };
    const shiftMs = compared ? compared.fromMs - range.fromMs : 0;
    const [stretch, comparison, { marks, hidden }] = await Promise.all([
      readStretch(ctx, asked, { range, sinceMs }),
      compared ? readStretch(ctx, asked, { range: compared, sinceMs: sinceMs + shiftMs }) : null,
      readMarks(ctx, range, sinceMs),
    ]);
    return {
      ...stretch,
      since: input.since ?? null,
      tz: input.tz,
      comparison,
      marks: [...marks],
      hiddenMarks: hidden,
      partialFrom: partialFrom(stretch.sums.times, ctx.now),
      levelsAre: asked.filters.length === 0 ? "filtered" : "of_workspace",
      asOf: ctx.now.toISOString(),
    };
  },
  liveCsv,
);

/** @throws invalid for a range that makes no sense */
function rangeOf({ from, to }: Input): TimeRange {
  const range = { fromMs: Date.parse(from), toMs: Date.parse(to) };
  const lengthMs = range.toMs - range.fromMs;
  const isWhole = range.fromMs % 1_000 === 0 && range.toMs % 1_000 === 0;
  if (isWhole && lengthMs >= shortestMs && lengthMs <= longestMs && range.fromMs > 0) return range;
  throw new AppError(
    "invalid",
    "`from` and `to` have to lie on whole seconds, from one minute to ten years apart.",
    { reason: "live.range" },
  );
}

/** @throws invalid for an instant outside of the range */
function sinceOf({ since }: Input, range: TimeRange): number | null {
  if (since === undefined) return null;
  const sinceMs = Date.parse(since);
  if (sinceMs >= range.fromMs && sinceMs <= range.toMs && sinceMs % 1_000 === 0) return sinceMs;
  throw new AppError("invalid", "`since` has to lie on a whole second between `from` and `to`.", {
    reason: "live.since",
  });
}

async function readStretch(
  ctx: WorkspaceContext,
  { zone, bucket, filters, metrics }: Asked,
  { range, sinceMs }: Part,
): Promise<Stretch> {
  const sumMetrics = liveSums.filter((metric) => metrics.includes(metric));
  const levelMetrics = [...liveLevels, ...liveChanges].filter((metric) => metrics.includes(metric));
  const isRecent = range.fromMs >= keptSince(ctx.now).getTime();
  const levelWidth = levelBucket(bucket, isRecent ? "instants" : "quarters");
  const slots = slotsSince(cutTime(zone, bucket, range), sinceMs);
  const levelSlots = slotsSince(cutTime(zone, levelWidth, range), sinceMs);
  const hasLines = liveChanges.some((metric) => metrics.includes(metric));
  const [sums, levels, lines] = await Promise.all([
    readSums(ctx, { zone, bucket, filters, range }, { metrics: sumMetrics, slots }),
    levelMetrics.length === 0
      ? []
      : readLevels(ctx, levelSlots, hasLines ? "with lines" : "without lines"),
    hasLines ? sumLines(ctx, range) : null,
  ]);
  const totals = new Map<LiveMetric, number | undefined>([
    ["lines_added", lines?.linesAdded],
    ["lines_deleted", lines?.linesDeleted],
  ]);
  return {
    from: new Date(range.fromMs).toISOString(),
    to: new Date(range.toMs).toISOString(),
    sums: {
      times: timesOf(bucket, slots, range),
      series: sums.map((one) => ({ ...one, values: [...one.values] })),
    },
    levels: {
      times: timesOf(levelWidth, levelSlots, range),
      series: levelMetrics.map((metric) => ({
        metric,
        values: levels.map((level) => level[metric]),
        total: totals.get(metric) ?? null,
      })),
    },
  };
}

function timesOf(bucket: UsageBucket, slots: readonly TimeSlot[], range: TimeRange): LiveTimes {
  return {
    bucket,
    startsAt: slots.map((slot) => new Date(slot.startsAtMs).toISOString()),
    endsAt: new Date(range.toMs).toISOString(),
  };
}

/** The beginning of the bucket in which now lies. */
function partialFrom({ startsAt, endsAt }: LiveTimes, now: Date): string | null {
  const bounds = [...startsAt, endsAt];
  const next = bounds.findIndex((bound) => Date.parse(bound) > now.getTime());
  return next > 0 ? (bounds[next - 1] ?? null) : null;
}
