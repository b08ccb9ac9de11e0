import { retryAfterMs } from "./retry-after.ts";
import { clockOf, type WallTime } from "./wall-time.ts";

const dayMs = 86_400_000;
/** A month: anything longer is a misreading. */
const longestMs = 31 * dayMs;
const minuteMs = 60_000;
/** A reset that is over for longer than this was not kept, so it is not known. */
const lateMs = 5 * minuteMs;

/**
 * Milliseconds from `nowMs` until a provider gives quota again at `resetsAt`, which is in seconds
 * or milliseconds since 1970. A moment that has only just passed is waited for a little longer;
 * null for one that is long over, or too far away to be meant.
 */
function waitUntilMs(resetsAt: number, nowMs: number): number | null {
  const instantMs = resetsAt < 100_000_000_000 ? resetsAt * 1_000 : resetsAt;
  const waitMs = instantMs - nowMs;
  if (!Number.isFinite(waitMs) || waitMs < -lateMs || waitMs > longestMs) return null;
  return Math.max(minuteMs, Math.ceil(waitMs));
}

/**
 * Milliseconds a provider asked to wait, read from an error text or notice: a span ("try again in
 * 20s"), an epoch ("limit reached|1795266535"), or a time of day with or without day and zone
 * ("resets 3pm (Europe/Berlin)", "try again at Nov 23rd, 2026 9:05 AM"). Times without a zone are
 * on this machine's clock, since the CLI runs on it; they lack their seconds, so the named minute is
 * waited for as well. A reset that the CLI states as a figure of its
 * own outweighs the text. Null when neither says anything, and for points in time when `nowMs` is
 * not known.
 */
export function providerWaitMs(
  text: string,
  nowMs: number | undefined,
  resetsAt: number | null = null,
): number | null {
  const stated = resetsAt === null || nowMs === undefined ? null : waitUntilMs(resetsAt, nowMs);
  if (stated !== null) return stated;
  const spanMs = retryAfterMs(text);
  if (spanMs !== null || nowMs === undefined) return spanMs;
  const epoch = /limit reached\|(\d{9,13})\b/i.exec(text)?.[1];
  if (epoch !== undefined) return waitUntilMs(Number(epoch), nowMs);
  return waitForClockMs(text, nowMs);
}

const clockTime = new RegExp(
  [
    String.raw`\b(?:resets?|(?:try|retry)(?:ing)? again)(?: on| at)?:? +`,
    String.raw`(?:(?<month>[a-z]{3})[a-z]*\.? +(?<day>\d{1,2})(?:st|nd|rd|th)?(?:, *(?<year>\d{4}))?(?:,| at)* +)?`,
    String.raw`(?<hour>\d{1,2})(?::(?<minute>\d{2}))? ?(?<half>[ap])\.?m\b\.?`,
    String.raw`(?: *\((?<zone>[\w/+-]+)\))?`,
  ].join(""),
  "i",
);

type Said = Readonly<Record<string, string | undefined>>;

const months = "jan feb mar apr may jun jul aug sep oct nov dec".split(" ");

function waitForClockMs(text: string, nowMs: number): number | null {
  const said = clockTime.exec(text)?.groups;
  if (said === undefined) return null;
  try {
    const clock = clockOf(said["zone"] ?? null);
    const meant = wallTimeOf(said, clock.read(nowMs));
    if (meant === null) return null;
    return waitUntilMs(nextInstantOf(said, meant, { clock, nowMs }) + minuteMs, nowMs);
  } catch (error) {
    // A zone that this system does not know names no time.
    if (error instanceof RangeError) return null;
    throw error;
  }
}

/** A time of day without its day is the next one; a day without its year is not half a year ago. */
function nextInstantOf(
  said: Said,
  meant: WallTime,
  { clock, nowMs }: { readonly clock: ReturnType<typeof clockOf>; readonly nowMs: number },
): number {
  const instantMs = clock.instantOf(meant);
  if (said["month"] === undefined) {
    const isOver = instantMs < nowMs - lateMs;
    return isOver ? clock.instantOf({ ...meant, day: meant.day + 1 }) : instantMs;
  }
  const isNextYear = said["year"] === undefined && instantMs < nowMs - 180 * dayMs;
  return isNextYear ? clock.instantOf({ ...meant, year: meant.year + 1 }) : instantMs;
}

function wallTimeOf(said: Said, now: WallTime): WallTime | null {
  const hour = Number(said["hour"]);
  const minute = Number(said["minute"] ?? 0);
  if (hour < 1 || hour > 12 || minute > 59) return null;
  const time = { hour: (hour % 12) + (said["half"]?.toLowerCase() === "p" ? 12 : 0), minute };
  if (said["month"] === undefined) return { ...now, ...time };
  const month = months.indexOf(said["month"].toLowerCase()) + 1;
  const day = Number(said["day"]);
  if (month === 0 || day < 1 || day > 31) return null;
  return { year: Number(said["year"] ?? now.year), month, day, ...time };
}
