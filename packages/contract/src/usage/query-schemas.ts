import { z } from "zod";
import { Instant, sanitizeText, TimeZone } from "../kit/values.ts";
import { dayCount, UsageFormat } from "./period.ts";
import { usageBuckets, type UsageDimension, usageGroupings, usageMetrics } from "./query-words.ts";
import { UsageKeyKind } from "./schemas.ts";

/** A word of a list; says which words there are when it is none of them. */
const wordOf = <const Words extends readonly [string, ...string[]]>(words: Words, noun: string) =>
  z.enum(words, {
    error: ({ input }) =>
      `"${String(input).slice(0, 60)}" is no ${noun}; there are ${words.join(", ")}.`,
  });

const UsageMetric = wordOf(usageMetrics, "metric");
const UsageGrouping = wordOf(usageGroupings, "grouping");
const UsageBucket = wordOf(usageBuckets, "bucket");

/** A list of words in a query string, each once. */
const words = <Word extends z.ZodType>(word: Word, most: number) =>
  z.preprocess(
    (value) =>
      typeof value === "string"
        ? value.split(",").flatMap((part) => (part.trim() === "" ? [] : [part.trim()]))
        : value,
    z
      .array(word)
      .max(most, `at most ${most}`)
      .transform((list) => [...new Set(list)]),
  );

/** Splits at commas; `\,` is a comma and `\\` a backslash inside of a value. */
function splitValues(text: string): string[] {
  const parts = text.match(/(?:\\.|[^,\\]|\\$)+/gsu) ?? [];
  return parts.map((part) => part.replaceAll(/\\([\\,])/g, "$1"));
}

/**
 * Ids or exact names, any of them; `none` for what belongs to nothing, `private` for all agents or
 * runtimes that the caller may not see.
 */
export const UsageFilterValues = z.preprocess(
  (value) => (typeof value === "string" ? splitValues(value) : value),
  z.array(z.string().max(200).overwrite(sanitizeText)).min(1).max(50),
);

/** A calendar day of the asked zone, or an instant. */
export const UsageBound = z.union([z.iso.date(), Instant], {
  error: "is neither a day like 2026-11-21 nor an instant like 2026-11-21T10:15:00Z.",
});

const filter = UsageFilterValues.optional();

/** One filter per dimension; a row has to fit all of them. */
export const usageFilters = {
  agent: filter,
  project: filter,
  runtime: filter,
  member: filter,
  provider: filter,
  model: filter,
  issue: filter,
  role: filter,
  failure_class: filter,
} satisfies Record<UsageDimension, typeof filter>;

/** The range of a question. */
export const usageRange = {
  /** A day is its beginning, at midnight of the zone. */
  from: UsageBound.optional(),
  /** A day is included, an instant is not. */
  to: UsageBound.optional(),
  /** Instead of `from`: whole local days that end with `to` or today; 30 unless stated. */
  days: dayCount.optional(),
  tz: TimeZone.default("UTC"),
};

/** Any of the metrics, each once. */
export const UsageMetrics = words(UsageMetric, usageMetrics.length);

export const usageQueryInput = {
  metrics: UsageMetrics.default(["tokens", "cost"]),
  /** At most two. */
  group_by: words(UsageGrouping, 2).default([]),
  ...usageFilters,
  ...usageRange,
  /** For a grouping by `time`; a day unless stated. */
  bucket: UsageBucket.optional(),
  /** Rows apart from time; what is left out is in one row `other`. */
  limit: z.coerce.number().int().min(1).max(1_000).default(100),
  /** A metric, or `key` for the order of keys; `-` before it turns it around. */
  order: z
    .string()
    .max(40)
    .refine(
      (text) => {
        const word = text.replace(/^-/, "");
        return word === "key" || (usageMetrics as readonly string[]).includes(word);
      },
      { error: "is neither a metric nor `key`, with or without a `-` before it." },
    )
    .optional(),
  format: UsageFormat.optional(),
};

/** A count as a number while that is exact, else a decimal string; money as a decimal string of dollars. */
export const UsageFigure = z.union([z.int(), z.string().regex(/^-?\d+(\.\d{1,12})?$/)]).nullable();
export type UsageFigure = z.infer<typeof UsageFigure>;

/** By metric; `cost` is null where something was used and none of it has a price. */
export const UsageFigures = z.partialRecord(z.enum(usageMetrics), UsageFigure);
export type UsageFigures = z.infer<typeof UsageFigures>;

export const UsageKey = z.object({
  kind: UsageKeyKind,
  /** Id, name, number, or the instant at which a bucket starts; null where there is no single one. */
  value: z.string().nullable(),
  label: z.string(),
});
export type UsageKey = z.infer<typeof UsageKey>;

export const UsageRow = z.object({
  /** In the order of `groupBy`. */
  keys: z.array(UsageKey),
  metrics: UsageFigures,
});
export type UsageRow = z.infer<typeof UsageRow>;

/** One place on the axis of time. */
export const UsageTime = z.object({
  startsAt: Instant,
  endsAt: Instant,
  label: z.string(),
  /** Cut by the range, or not over yet. */
  partial: z.boolean(),
});
export type UsageTime = z.infer<typeof UsageTime>;

export const UsageQueryReply = z.object({
  rows: z.array(UsageRow),
  /** Everything in the range that fits the filters; every grouping sums to it. */
  totals: UsageFigures,
  metrics: z.array(z.enum(usageMetrics)),
  groupBy: z.array(z.enum(usageGroupings)),
  from: Instant,
  to: Instant,
  tz: z.string(),
  bucket: z.enum(usageBuckets).nullable(),
  /** Every bucket of the range, also empty ones; empty without a grouping by time. */
  times: z.array(UsageTime),
  /** Latest use in the range, of whatever filter. */
  asOf: Instant.nullable(),
});
export type UsageQueryReply = z.infer<typeof UsageQueryReply>;
