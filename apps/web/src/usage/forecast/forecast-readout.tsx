import type { ReactNode } from "react";
import { useFormat } from "../../i18n/use-format.ts";
import { useText } from "../../i18n/use-text.ts";
import { formatMoney } from "../../ui/format-money.ts";
import { localDate } from "../zone-dates.ts";
import type { CourseDay } from "./month-course.ts";

type ForecastReadoutProps = {
  readonly day: CourseDay;
  /** Pixels from the left of the chart, which is so wide. */
  readonly left: number;
  readonly width: number;
};

/** The figures of the day under the pointer, beside it. */
export function ForecastReadout({ day, left, width }: ForecastReadoutProps) {
  const { usageForecast: words } = useText();
  const format = useFormat();
  const { projected, spentUsd, sumUsd } = day;
  return (
    <div
      // Sums grow: there is room above them at the left, and below them at the right.
      style={
        left < width / 2 ? { left: left + 10, top: 12 } : { right: width - left + 10, bottom: 28 }
      }
      className="pointer-events-none absolute z-10 min-w-36 rounded-card bg-raised px-2.5 py-2 text-12 shadow-float"
    >
      <p className="mb-1 font-medium">{format.date(localDate(day.date))}</p>
      {spentUsd !== null && <Line name={words.ofDay}>{formatMoney(spentUsd)}</Line>}
      {sumUsd !== null && <Line name={words.sumSoFar}>{formatMoney(sumUsd)}</Line>}
      {projected !== null && (
        <>
          <Line name={words.sumProjected}>{formatMoney(projected.usd)}</Line>
          <Line name={words.sumRange}>
            {words.range({
              low: formatMoney(projected.lowUsd),
              high: formatMoney(projected.highUsd),
            })}
          </Line>
        </>
      )}
    </div>
  );
}

function Line({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    <p className="flex justify-between gap-4 text-muted">
      {name}
      <span className="figures whitespace-nowrap text-ink">{children}</span>
    </p>
  );
}
