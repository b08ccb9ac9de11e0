/** A stretch of time in which the clocks of a zone keep one distance from UTC. */
export type OffsetStretch = {
  readonly startsAtMs: number;
  /** Exclusive. */
  readonly endsAtMs: number;
  /** Local time minus UTC. */
  readonly offsetMs: number;
};

const quarterMs = 15 * 60_000;
const dayMs = 24 * 60 * 60_000;

/**
 * The stretches of one offset that cover a range, in order and without gaps, the first and last cut
 * to the range. Changes of clocks count from the quarter hour at or after them.
 */
export function offsetStretches(
  zone: string,
  range: { readonly fromMs: number; readonly toMs: number },
): readonly OffsetStretch[] {
  const found: OffsetStretch[] = [];
  const lastYear = new Date(range.toMs).getUTCFullYear();
  for (let year = new Date(range.fromMs).getUTCFullYear(); year <= lastYear; year += 1) {
    for (const stretch of stretchesOfYear(zone, year)) {
      const startsAtMs = Math.max(stretch.startsAtMs, range.fromMs);
      const endsAtMs = Math.min(stretch.endsAtMs, range.toMs);
      if (startsAtMs >= endsAtMs) continue;
      const before = found.at(-1);
      if (before?.offsetMs === stretch.offsetMs) found.pop();
      found.push({
        startsAtMs: before?.offsetMs === stretch.offsetMs ? before.startsAtMs : startsAtMs,
        endsAtMs,
        offsetMs: stretch.offsetMs,
      });
    }
  }
  return found;
}

/** Years that were looked at before: asking the calendar is a thousand times dearer than this. */
const known = new Map<string, readonly OffsetStretch[]>();

function stretchesOfYear(zone: string, year: number): readonly OffsetStretch[] {
  const key = `${zone} ${year}`;
  const stored = known.get(key);
  if (stored !== undefined) return stored;
  const computed = computeYear(zone, year);
  known.set(key, computed);
  return computed;
}

function computeYear(zone: string, year: number): readonly OffsetStretch[] {
  const endMs = Date.UTC(year + 1, 0, 1);
  const stretches: OffsetStretch[] = [];
  let startsAtMs = Date.UTC(year, 0, 1);
  let offsetMs = offsetAt(zone, startsAtMs);
  for (let atMs = startsAtMs; atMs < endMs; atMs += dayMs) {
    const nextMs = Math.min(atMs + dayMs, endMs - quarterMs);
    const nextOffset = offsetAt(zone, nextMs);
    if (nextOffset === offsetMs) continue;
    const changeMs = firstWithOffset(zone, { beforeMs: atMs, reachedMs: nextMs }, nextOffset);
    stretches.push({ startsAtMs, endsAtMs: changeMs, offsetMs });
    startsAtMs = changeMs;
    offsetMs = nextOffset;
  }
  return [...stretches, { startsAtMs, endsAtMs: endMs, offsetMs }];
}

/** The quarter hour from which the zone keeps an offset, between one without and one with it. */
function firstWithOffset(
  zone: string,
  between: { readonly beforeMs: number; readonly reachedMs: number },
  offsetMs: number,
): number {
  let { beforeMs, reachedMs } = between;
  while (reachedMs - beforeMs > quarterMs) {
    const steps = Math.floor((reachedMs - beforeMs) / 2 / quarterMs);
    const middleMs = beforeMs + Math.max(1, steps) * quarterMs;
    if (offsetAt(zone, middleMs) === offsetMs) reachedMs = middleMs;
    else beforeMs = middleMs;
  }
  return reachedMs;
}

const formatters = new Map<string, Intl.DateTimeFormat>();

function offsetAt(zone: string, atMs: number): number {
  const text = formatterOf(zone).format(atMs);
  const match = /GMT(?:([+-])(\d{2}):(\d{2})(?::(\d{2}))?)?$/.exec(text);
  if (match === null) throw new Error(`The calendar tells no offset of ${zone}: ${text}`);
  const [, sign, hours = "0", minutes = "0", seconds = "0"] = match;
  const magnitude = (Number(hours) * 3_600 + Number(minutes) * 60 + Number(seconds)) * 1_000;
  return sign === "-" ? -magnitude : magnitude;
}

function formatterOf(zone: string): Intl.DateTimeFormat {
  const stored = formatters.get(zone);
  if (stored !== undefined) return stored;
  const made = new Intl.DateTimeFormat("en", {
    timeZone: zone,
    hour: "2-digit",
    timeZoneName: "longOffset",
  });
  formatters.set(zone, made);
  return made;
}
