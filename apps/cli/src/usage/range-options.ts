import { periodOptions } from "./period-options.ts";

/** Flags of every question about any range. */
export const rangeOptions = {
  ...periodOptions,
  from: { value: "WHEN", summary: "first day (2026-11-01) or instant, instead of --days" },
  to: { value: "WHEN", summary: "last day or instant, today unless stated" },
} as const;

/** The part of a question that those flags stand for. */
export function rangeInput(options: {
  readonly days: number | undefined;
  readonly tz: string | undefined;
  readonly from: string | undefined;
  readonly to: string | undefined;
}): { days?: number; tz: string; from?: string; to?: string } {
  return {
    tz: options.tz ?? Intl.DateTimeFormat().resolvedOptions().timeZone,
    ...(options.days === undefined ? {} : { days: options.days }),
    ...(options.from === undefined ? {} : { from: options.from }),
    ...(options.to === undefined ? {} : { to: options.to }),
  };
}
