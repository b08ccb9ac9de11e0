import type { ForecastCheck, MoneyForecast } from "@headcount/contract/usage/forecast-schemas";
import { formatUsd } from "../money.ts";
import { addDays } from "../query/local-time.ts";
import { type DailyMoney, monthOf, sumDays } from "./daily-money.ts";
import type { History } from "./history.ts";
import { type Projected, projectSum } from "./project-days.ts";
import { one } from "./share.ts";
import { toProjectedUsd } from "./to-projected-usd.ts";

/** Past months that are checked, if there are days enough before them. */
export const monthsChecked = 6;

/**
 * What would have been said in past months at the beginning of the same day of the month, from the
 * days before it only, against what came.
 * @param daysNeeded days since the first use below which nothing would have been said
 */
export function checkMonths(
  money: DailyMoney,
  history: History,
  daysNeeded: number,
): MoneyForecast["backTest"] {
  const checks: ForecastCheck[] = [];
  const dayOfMonth = Number(money.today.slice(8));
  let month = monthOf(money.today);
  for (let back = 1; back <= monthsChecked; back += 1) {
    month = monthOf(addDays(month.first, -1));
    const start = money.placeOf(month.first);
    const end = start + Math.min(dayOfMonth, month.days) - 1;
    if (end - history.from < daysNeeded) break;
    const coming = projectSum({ history, end, leftOfToday: one }, start + month.days - end);
    const before = sumDays(money.amounts, start, end);
    const came = sumDays(money.amounts, start, start + month.days);
    checks.push(checkOf(month.name, { before, coming, came }));
  }
  if (checks.length === 0) return null;
  const errors = checks.flatMap((check) =>
    check.errorPercent === null ? [] : [check.errorPercent],
  );
  return {
    checks,
    medianErrorPercent: medianOf(errors),
    inside: checks.filter((check) => check.isInside).length,
  };
}

type Outcome = {
  readonly before: bigint;
  readonly coming: Projected;
  readonly came: bigint;
};

function checkOf(month: string, { before, coming, came }: Outcome): ForecastCheck {
  const said = {
    pico: before + coming.pico,
    low: before + coming.low,
    high: before + coming.high,
  };
  const off = said.pico > came ? said.pico - came : came - said.pico;
  return {
    month,
    said: toProjectedUsd(said),
    cameUsd: formatUsd(came),
    errorPercent: came > 0n ? Number((off * 1_000n) / came) / 10 : null,
    isInside: said.low <= came && came <= said.high,
  };
}

/** To one place; the mean of the two in the middle of an even number. */
function medianOf(errors: readonly number[]): number | null {
  const sorted = errors.toSorted((a, b) => a - b);
  const high = sorted[Math.floor(sorted.length / 2)];
  const low = sorted[Math.floor((sorted.length - 1) / 2)];
  return low === undefined || high === undefined ? null : Math.round((low + high) * 5) / 10;
}
