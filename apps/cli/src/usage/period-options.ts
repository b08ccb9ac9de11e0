/** Flags of every question about a period. */
export const periodOptions = {
  days: { value: "N", count: true, summary: "whole days including today, 1 to 365" },
  tz: { value: "ZONE", summary: "time zone of the days, this machine's unless stated" },
} as const;

/** The part of a question that those flags stand for. */
export function periodInput(options: {
  readonly days: number | undefined;
  readonly tz: string | undefined;
}): { days?: number; tz: string } {
  return {
    tz: options.tz ?? Intl.DateTimeFormat().resolvedOptions().timeZone,
    ...(options.days === undefined ? {} : { days: options.days }),
  };
}
