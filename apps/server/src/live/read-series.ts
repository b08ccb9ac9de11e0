import type { ParsedInputOf } from "@headcount/contract/kit/route";
import { live } from "@headcount/contract/live/routes";
import type { LiveSeriesReply, LiveTimes } from "@headcount/contract/live/series-schemas";
import { liveChanges, liveLevels, type LiveMetric, liveSums } from "@headcount/contract/live/words";
import type { UsageBucket } from "@headcount/contract/usage/query-words";
import { comparedRange } from "@headcount/domain/charts/compared-range";
import { chooseBucket, levelBucket } from "@headcount/domain/live/choose-bucket";
import { liveCsv } from "@headcount/domain/live/live-csv";
import { canonicalZone } from "@headcount/domain/usage/query/canonical-zone";
import { cutTime, type TimeRange, type TimeSlot } from "@headcount/domain/usage/query/cut-time";
import { AppError } from "../platform/app-error.ts";
import { query } from "../platform/command.ts";
import type { WorkspaceContext } from "../platform/context.ts";
import type { Filter } from "../usage/query/question.ts";
import { resolveFilters } from "../usage/query/resolve-filters.ts";
import { keptSince } from "./kept-since.ts";
import { readLevels } from "./read-levels.ts";
import { readMarks } from "./read-marks.ts";
import { readSums } from "./read-sums.ts";

type Input = ParsedInputOf<typeof live.series>;

type Asked = {
  readonly zone: string;
  readonly metrics: readonly LiveMetric[];
  readonly filters: readonly Filter[];
  readonly bucket: UsageBucket;
};

type Stretch = Pick<LiveSeriesReply, "from" | "to" | "sums" | "levels">;

const shortestMs = 60_000;
const longestMs = 3_660 * 24 * 60 * 60_000;

/** Figures over any range, in buckets that suit it. */
export const readLiveSeries = query(
  live.series,
  async (ctx, input): Promise<LiveSeriesReply> => {
    const range = rangeOf(input);
    const asked = await toAsked(ctx, input, range);
    const compared =
      input.compare && comparedRange({ with: input.compare, zone: asked.zone, range });
    const [stretch, comparison, { marks, hidden }] = await Promise.all([
      readStretch(ctx, asked, range),
      compared ? readStretch(ctx, asked, compared) : null,
      readMarks(ctx, range),
    ]);
    const { startsAt, endsAt } = stretch.sums.times;
    return {
      ...stretch,
      tz: input.tz,
      comparison,
      marks: [...marks],
      hiddenMarks: hidden,
      partialFrom: partialFrom([...startsAt, endsAt], ctx.now),
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

async function toAsked(ctx: WorkspaceContext, input: Input, range: TimeRange): Promise<Asked> {
  const bucket = chooseBucket(range, await ledgerDetail(ctx, range));
  return {
    zone: canonicalZone(input.tz),
    metrics: input.metrics,
    filters: await resolveFilters(ctx, input),
    bucket,
  };
}

/** Of months that were archived nothing finer than quarters of an hour is left. */
async function ledgerDetail(
  { sql }: WorkspaceContext,
  range: TimeRange,
): Promise<"instants" | "quarters"> {
  const [archived] = await sql`
    select 1 from usage_archived_months
    where month + interval '1 month' > ${new Date(range.fromMs)} and month < ${new Date(range.toMs)}
    limit 1`;
  return archived ? "quarters" : "instants";
}

async function readStretch(
  ctx: WorkspaceContext,
  asked: Asked,
  range: TimeRange,
): Promise<Stretch> {
  const { zone, bucket, filters, metrics } = asked;
  const sumMetrics = liveSums.filter((metric) => metrics.includes(metric));
  const levelMetrics = [...liveLevels, ...liveChanges].filter((metric) => metrics.includes(metric));
  const slots = cutTime(zone, bucket, range);
  const isRecent = range.fromMs >= keptSince(ctx.now).getTime();
  const levelWidth = levelBucket(bucket, isRecent ? "instants" : "quarters");
  const levelSlots = cutTime(zone, levelWidth, range);
  const [sums, levels] = await Promise.all([
    readSums(ctx, { zone, bucket, filters, range }, sumMetrics),
    levelMetrics.length === 0 ? [] : readLevels(ctx, levelSlots),
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
      series: levelMetrics.map((metric) => {
        const values = levels.map((level) => level[metric]);
        const isSum = (liveChanges as readonly string[]).includes(metric);
        return { metric, values, total: isSum ? sumOf(values) : null };
      }),
    },
  };
}

const sumOf = (values: readonly (number | null)[]): number =>
  values.reduce<number>((sum, value) => sum + (value ?? 0), 0);

function timesOf(bucket: UsageBucket, slots: readonly TimeSlot[], range: TimeRange): LiveTimes {
  return {
    bucket,
    startsAt: slots.map((slot) => new Date(slot.startsAtMs).toISOString()),
    endsAt: new Date(range.toMs).toISOString(),
  };
}

/** The beginning of the bucket in which now lies. */
function partialFrom(bounds: readonly string[], now: Date): string | null {
  const next = bounds.findIndex((bound) => Date.parse(bound) > now.getTime());
  return next > 0 ? (bounds[next - 1] ?? null) : null;
}
