/** A date and time as a clock in some place shows it. Months count from 1. */
export type WallTime = {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
};

const partNames = ["year", "month", "day", "hour", "minute"] as const;

/**
 * Says what clocks in a zone show, and when they show it. Null for the machine's own zone.
 * @throws RangeError for a zone that nobody knows
 */
export function clockOf(zone: string | null): {
  read(instantMs: number): WallTime;
  instantOf(wall: WallTime): number;
} {
  const format = new Intl.DateTimeFormat("en-US", {
    ...(zone === null ? {} : { timeZone: zone }),
    calendar: "gregory",
    numberingSystem: "latn",
    hourCycle: "h23",
    year: "numeric",
    month: "numeric",
    day: "numeric",
    hour: "numeric",
    minute: "numeric",
  });
  const read = (instantMs: number): WallTime => {
    const parts = new Map(format.formatToParts(instantMs).map((part) => [part.type, part.value]));
    const [year = 0, month = 1, day = 1, hour = 0, minute = 0] = partNames.map((name) =>
      Number(parts.get(name)),
    );
    return { year, month, day, hour, minute };
  };
  const offsetMs = (instantMs: number): number =>
    asIfUtc(read(instantMs)) - Math.floor(instantMs / 60_000) * 60_000;
  return {
    read,
    instantOf(wall) {
      const shown = asIfUtc(wall);
      // The offset may change between the first guess and the time that is meant.
      const guess = shown - offsetMs(shown);
      return shown - offsetMs(guess);
    },
  };
}

/** Days past the end of a month run into the next one. */
function asIfUtc({ year, month, day, hour, minute }: WallTime): number {
  return Date.UTC(year, month - 1, day, hour, minute);
}
