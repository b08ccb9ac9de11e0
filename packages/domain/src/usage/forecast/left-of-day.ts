import { one } from "./share.ts";

const hourMs = 60 * 60_000;
const hoursOfDay = 24;

/**
 * The share of a day's spending that is still to come, by when people's agents have been at work: what
 * past days came to after this time of the day. By the clock alone where nothing is known.
 * @param byHour sums of past days by hour of the day; what is missing is nothing
 * @param sinceMidnightMs by the zone's clock
 */
export function leftOfDay(byHour: ReadonlyMap<number, bigint>, sinceMidnightMs: number): bigint {
  const hours = Array.from({ length: hoursOfDay }, (_, hour) => byHour.get(hour) ?? 0n);
  const whole = hours.reduce((sum, amount) => sum + amount, 0n);
  const known = whole > 0n ? hours : hours.map(() => 1n);
  const hour = Math.min(Math.floor(sinceMidnightMs / hourMs), hoursOfDay - 1);
  const leftOfHourMs = BigInt(Math.max(0, (hour + 1) * hourMs - sinceMidnightMs));
  const later = known.slice(hour + 1).reduce((sum, amount) => sum + amount, 0n);
  const left = later * BigInt(hourMs) + (known[hour] ?? 0n) * leftOfHourMs;
  return (left * one) / ((whole > 0n ? whole : BigInt(hoursOfDay)) * BigInt(hourMs));
}
