import { BudgetWindow } from "@headcount/contract/budgets/window";
import type { OptionValues } from "../command.ts";
import { invalidUse } from "../errors/cli-error.ts";

const words = ["rolling-5h", "day", "week", "month", "range", "none"] as const;
const weekdays = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"] as const;

export const windowOptions = {
  window: { value: "WINDOW", choices: words, summary: "time over which spend is added up" },
  tz: { value: "ZONE", summary: "time zone of the window; this machine's unless stated" },
  resetHour: { value: "HOUR", summary: "hour of the day at which a window begins, 0 to 23" },
  resetWeekday: { value: "DAY", choices: weekdays, summary: "day on which a week begins" },
  resetDay: { value: "DAY", summary: "day on which a month begins, 1 to 28" },
  from: { value: "DAY", summary: "first day of a range, e.g. 2026-11-01" },
  until: { value: "DAY", summary: "last day of a range" },
} as const;

type Stated = OptionValues<typeof windowOptions>;

/** The window that the flags state; undefined when they say nothing about it. */
export function statedWindow(stated: Stated): BudgetWindow | undefined {
  const { window } = stated;
  if (window === undefined) return undefined;
  const parsed = BudgetWindow.safeParse({
    kind: window.replace("-", "_"),
    zone: stated.tz ?? Intl.DateTimeFormat().resolvedOptions().timeZone,
    ...numberOf("resetHour", stated.resetHour),
    ...numberOf("resetDay", stated.resetDay),
    ...(stated.resetWeekday === undefined
      ? {}
      : { resetWeekday: 1 + weekdays.findIndex((day) => day === stated.resetWeekday) }),
    ...(stated.from === undefined ? {} : { startDay: stated.from }),
    ...(stated.until === undefined ? {} : { endDay: stated.until }),
  });
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw invalidUse(
    `The window is not complete: ${issue?.path.join(".") ?? ""} ${issue?.message ?? ""}`.trim(),
    "A range needs --from and --until; see `headcount budget create --help`.",
  );
}

const numberOf = (name: string, text: string | undefined): Record<string, number> =>
  text === undefined ? {} : { [name]: Number(text) };
