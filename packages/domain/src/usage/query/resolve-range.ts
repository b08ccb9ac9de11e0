import type { UsageBucket } from "@headcount/contract/usage/query-words";
import { accept, type Decision, refuse } from "../../kit/decision.ts";
import type { TimeRange } from "./cut-time.ts";
import { addDays, dateIn, startOfDate } from "./local-time.ts";

export type WantedRange = {
  readonly zone: string;
  readonly nowMs: number;
  /** A date `YYYY-MM-DD` or an instant of ISO 8601. */
  readonly from?: string | undefined;
  /** A date is included, an instant is not. */
  readonly to?: string | undefined;
  /** Whole local days that end with `to` or today. */
  readonly days?: number | undefined;
  /** Width of the rows; null without rows by time. */
  readonly bucket: UsageBucket | null;
};

export type RangeProblem =
  | "days_and_from"
  | "from_not_before_to"
  | "outside_of_calendar"
  | "not_on_whole_second"
  | "too_long"
  | "too_long_for_bucket";

const minuteMs = 60_000;
const dayMs = 24 * 60 * minuteMs;
const defaultDays = 30;
const isDate = (text: string): boolean => /^\d{4}-\d{2}-\d{2}$/.test(text);

/** Longest range in days, by the width of its rows: what a chart can show and a reply can carry. */
export const longestRangeDays: Readonly<Record<UsageBucket, number>> = {
  "1s": 1 / 24,
  "10s": 0.5,
  "1min": 1,
  "5min": 1,
  "15min": 14,
  hour: 62,
  day: 1_100,
  week: 3_660,
  month: 3_660,
};
const longestDays = 3_660;
/** An hour more, so that a day of 25 hours is a day. */
const slackMs = 60 * minuteMs;
const firstYear = 2000;
const lastYear = 2100;

/** The range of a question, `to` exclusive, in whole seconds. */
export function resolveRange(wanted: WantedRange): Decision<TimeRange, RangeProblem> {
  if (wanted.days !== undefined && wanted.from !== undefined) return refuse("days_and_from");
  if (![wanted.from, wanted.to].every(isInCalendar)) return refuse("outside_of_calendar");
  const toMs = endOf(wanted);
  const fromMs = startOf(wanted, toMs);
  if (fromMs >= toMs) return refuse("from_not_before_to");
  const range = { fromMs, toMs };
  const isWhole = fromMs % 1_000 === 0 && toMs % 1_000 === 0;
  const problem = isWhole ? lengthProblem(wanted.bucket, range) : "not_on_whole_second";
  return problem === null ? accept(range) : refuse(problem);
}

function isInCalendar(text: string | undefined): boolean {
  if (text === undefined) return true;
  const year = new Date(text).getUTCFullYear();
  return year >= firstYear && year <= lastYear;
}

function endOf({ zone, to, nowMs }: WantedRange): number {
  const day = to ?? dateIn(zone, nowMs);
  return isDate(day) ? startOfDate(zone, addDays(day, 1)) : Date.parse(day);
}

function startOf({ zone, from, days = defaultDays }: WantedRange, toMs: number): number {
  if (from === undefined) return startOfDate(zone, addDays(dateIn(zone, toMs - 1), 1 - days));
  return isDate(from) ? startOfDate(zone, from) : Date.parse(from);
}

function lengthProblem(bucket: UsageBucket | null, range: TimeRange): RangeProblem | null {
  const lengthMs = range.toMs - range.fromMs;
  if (lengthMs > longestDays * dayMs + slackMs) return "too_long";
  if (bucket === null) return null;
  return lengthMs > longestRangeDays[bucket] * dayMs + slackMs ? "too_long_for_bucket" : null;
}
