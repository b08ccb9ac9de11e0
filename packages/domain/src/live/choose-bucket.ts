import type { UsageBucket } from "@headcount/contract/usage/query-words";

const secondMs = 1_000;
const minuteMs = 60 * secondMs;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;

/**
 * Longest range of each width, finest first. What is finer than a quarter of an hour is read from
 * the ledger row by row, so its ranges are shorter than 1,000 buckets.
 */
const longestMs: readonly (readonly [UsageBucket, number])[] = [
  ["1s", 10 * minuteMs],
  ["10s", 90 * minuteMs],
  ["1min", 8 * hourMs],
  ["5min", dayMs + 2 * hourMs],
  ["15min", 10 * dayMs],
  ["hour", 41 * dayMs],
  ["day", 990 * dayMs],
];

/** Narrower ones are not kept of what is older than a week, and of months that were archived. */
const coarse: ReadonlySet<UsageBucket> = new Set(["15min", "hour", "day", "week", "month"]);

/** The narrowest buckets of which a range has at most 1,000. */
export function chooseBucket(
  range: { readonly fromMs: number; readonly toMs: number },
  detail: "instants" | "quarters",
): UsageBucket {
  const lengthMs = range.toMs - range.fromMs;
  const found = longestMs.find(
    ([bucket, most]) => lengthMs <= most && (detail === "instants" || coarse.has(bucket)),
  );
  return found?.[0] ?? "week";
}

/** Looks are at least ten seconds apart, so nothing narrower can be told of them. */
export function levelBucket(bucket: UsageBucket, detail: "instants" | "quarters"): UsageBucket {
  if (detail === "quarters" && !coarse.has(bucket)) return "15min";
  return bucket === "1s" ? "10s" : bucket;
}
