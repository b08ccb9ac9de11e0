import { z } from "zod";
import { Instant, TimeZone } from "../kit/values.ts";
import { UsageFormat } from "../usage/period.ts";
import { UsageFigure, UsageFilterValues } from "../usage/query-schemas.ts";
import { usageBuckets } from "../usage/query-words.ts";
import { liveComparisons, liveMarkKinds, liveMetrics } from "./words.ts";

const LiveMetric = z.enum(liveMetrics);
const filter = UsageFilterValues.optional();

const metricList = z.preprocess(
  (value) => (typeof value === "string" ? value.split(",").filter((part) => part !== "") : value),
  z
    .array(LiveMetric)
    .min(1)
    .max(liveMetrics.length)
    .transform((list) => [...new Set(list)]),
);

export const liveSeriesInput = {
  metrics: metricList.default(["input", "cache_read", "cache_write", "output"]),
  /** Whole seconds; from a minute to ten years before `to`. */
  from: Instant,
  to: Instant,
  tz: TimeZone.default("UTC"),
  compare: z.enum(liveComparisons).optional(),
  /**
   * For who has the buckets before it already: whole seconds, inside of the range. Buckets and marks
   * that end by then are left out; the sums of the range stay whole and tell whether they still hold.
   */
  since: Instant.optional(),
  agent: filter,
  project: filter,
  runtime: filter,
  member: filter,
  provider: filter,
  model: filter,
  format: UsageFormat.optional(),
};

/** Buckets side by side: each begins at its instant and ends at the next one. */
export const LiveTimes = z.object({
  bucket: z.enum(usageBuckets),
  startsAt: z.array(Instant),
  endsAt: Instant,
});
export type LiveTimes = z.infer<typeof LiveTimes>;

export const LiveSeries = z.object({
  metric: LiveMetric,
  /** One for each bucket; null where it is not known, which is not zero. */
  values: z.array(z.union([UsageFigure, z.number()])),
  /** Sum over the range, left-out buckets included; null for what is no sum, and for money without a price. */
  total: z.union([UsageFigure, z.number()]),
});
export type LiveSeries = z.infer<typeof LiveSeries>;

/** A stretch of time with its figures; sums and what is looked at may have buckets of their own. */
const stretch = {
  /** As asked; or whole quarters of an hour around that, where what was used at an end was archived. */
  from: Instant,
  to: Instant,
  /** Buckets of what comes from the books. */
  sums: z.object({ times: LiveTimes, series: z.array(LiveSeries) }),
  /** Buckets of what is looked at: of what is older than a week, a quarter of an hour at least. */
  levels: z.object({ times: LiveTimes, series: z.array(LiveSeries) }),
};

export const LiveMark = z.object({
  id: z.string(),
  at: Instant,
  kind: z.enum(liveMarkKinds),
  /** Issue of a task; null for what belongs to none. */
  issue: z.object({ id: z.uuid(), key: z.string(), title: z.string() }).nullable(),
  taskId: z.uuid().nullable(),
  /** Agent, model, budget or machine: what it is about, as its reader may know it. */
  subject: z.string(),
  outcome: z.string().nullable(),
});
export type LiveMark = z.infer<typeof LiveMark>;

export const LiveSeriesReply = z.object({
  ...stretch,
  /** Buckets that end by then are left out, and marks from before; null where everything is told. */
  since: Instant.nullable(),
  tz: z.string(),
  /** The same as `from` and `to` say, at another time; null without a comparison. */
  comparison: z.object(stretch).nullable(),
  marks: z.array(LiveMark),
  /** Starts and ends of tasks that are too many to be told one by one. */
  hiddenMarks: z.int(),
  /** Buckets that end after this instant are still being filled; null when none is. */
  partialFrom: Instant.nullable(),
  /** Looks are not kept apart by agent, project or person: with a filter they stay those of all. */
  levelsAre: z.enum(["filtered", "of_workspace"]),
  /** When this was read. */
  asOf: Instant,
});
export type LiveSeriesReply = z.infer<typeof LiveSeriesReply>;
