import { parseDurationMs } from "@headcount/domain/kit/parse-duration";
import { invalidUse } from "../../errors/cli-error.ts";

/** Flags of commands that go through the books part by part. */
export const sliceOptions = {
  from: { value: "DAY", summary: "first day in UTC, such as 2026-11-01" },
  to: { value: "DAY", summary: "last day in UTC; today unless stated" },
  monthsBack: { value: "N", count: true, summary: "this month and those before it, N altogether" },
  sleepBetweenSlices: { value: "DURATION", summary: "rest between two days, such as 200ms or 1s" },
} as const;

export type SliceOptions = {
  readonly from: string | undefined;
  readonly to: string | undefined;
  readonly monthsBack: number | undefined;
  readonly sleepBetweenSlices: string | undefined;
};

/** Days in UTC, `to` being the first that is left out; null stands for no bound. */
export type AskedDays = { readonly from: string | null; readonly to: string | null };

/** @throws CliError exit 5 when the flags contradict each other or are no days */
export function askedDays({ from, to, monthsBack }: SliceOptions, today: string): AskedDays {
  if (monthsBack !== undefined) {
    if (from !== undefined || to !== undefined) {
      throw invalidUse(
        "--months-back goes with neither --from nor --to.",
        "Leave one of them out.",
      );
    }
    const [year = 0, month = 1] = today.split("-").map(Number);
    const first = new Date(Date.UTC(year, month - monthsBack, 1));
    return { from: first.toISOString().slice(0, 10), to: null };
  }
  const days = {
    from: from === undefined ? null : readDay("--from", from),
    to: to === undefined ? null : dayAfter(readDay("--to", to)),
  };
  if (days.from !== null && days.to !== null && days.from >= days.to) {
    throw invalidUse("--from is after --to.", "Swap the two.");
  }
  return days;
}

/** @throws CliError exit 5 for anything that is no duration */
export function sleepMs({ sleepBetweenSlices: text }: SliceOptions): number {
  if (text === undefined) return 0;
  try {
    return parseDurationMs("--sleep-between-slices", text) ?? 0;
  } catch {
    throw invalidUse(`"${text}" is no duration.`, "Write it like 200ms or 1s.");
  }
}

export function dayAfter(day: string): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + 24 * 3_600_000).toISOString().slice(0, 10);
}

function readDay(flag: string, text: string): string {
  const at = new Date(`${text}T00:00:00Z`);
  if (/^\d{4}-\d\d-\d\d$/.test(text) && at.toJSON()?.slice(0, 10) === text) return text;
  throw invalidUse(`${flag} is "${text}", which is no day.`, "Write it like 2026-11-01.");
}
