import { useRef, useState, type PointerEvent } from "react";
import { barLayout, axisWidth } from "../../charts/bars/bar-layout.ts";
import { BarAxis } from "../../charts/bars/bar-axis.tsx";
import { niceScale } from "../../charts/nice-scale.ts";
import { useWidth } from "../../charts/use-width.ts";
import { useFormat } from "../../i18n/use-format.ts";
import { formatMoney } from "../../ui/format-money.ts";
import { localDate } from "../zone-dates.ts";
import { forecastPaths } from "./forecast-paths.ts";
import { ForecastReadout } from "./forecast-readout.tsx";
import type { CourseDay } from "./month-course.ts";

type ForecastChartProps = {
  readonly course: readonly CourseDay[];
  readonly label: string;
  /** Dollars that a budget allows, with its name. */
  readonly limit: { readonly usd: number; readonly label: string } | null;
  /** Share of today that is over. */
  readonly timeOfDay: number;
};

const height = 190;
const labelWidth = 64;

/** Sums from the start of the month: solid what was spent, dashed what is projected, in its range. */
export function ForecastChart({ course, label, limit, timeOfDay }: ForecastChartProps) {
  const format = useFormat();
  const box = useRef<HTMLDivElement>(null);
  const width = useWidth(box);
  const [at, setAt] = useState<number | null>(null);
  const largest = Math.max(...course.map(topOf), limit?.usd ?? 0);
  const scale = niceScale(largest, 4);
  const { step, floor, yOf } = barLayout({ width, height }, course.length, scale);
  const xOf = (days: number) => axisWidth + days * step;
  const paths = forecastPaths(course, { xOf, yOf, timeOfDay });
  const every = Math.max(1, Math.ceil(labelWidth / Math.max(step, 1)));
  const read = (event: PointerEvent) => {
    const left = event.clientX - event.currentTarget.getBoundingClientRect().left;
    const day = Math.floor((left - axisWidth) / step);
    setAt(day >= 0 && day < course.length ? day : null);
  };
  return (
    <div
      ref={box}
      className="relative"
      style={{ height }}
      onPointerMove={read}
      onPointerLeave={() => setAt(null)}
    >
      {width > 0 && (
        <svg role="img" aria-label={label} width={width} height={height} className="block">
          <BarAxis unit="" scale={scale} width={width} yOf={yOf} formatTick={formatMoney} />
          {course.map(({ date }, day) =>
            day % every === 0 && xOf(day) + labelWidth / 2 < width ? (
              <text key={date} x={xOf(day)} y={height - 4} className="fill-faint text-11">
                {format.dayAndMonth(localDate(date))}
              </text>
            ) : null,
          )}
          <path d={paths.range} fill="var(--series-1)" opacity={0.16} />
          <path
            d={paths.projected}
            fill="none"
            stroke="var(--series-1)"
            strokeWidth={1.75}
            strokeDasharray="4 4"
          />
          <path
            d={paths.spent}
            fill="none"
            stroke="var(--series-1)"
            strokeWidth={2}
            strokeLinejoin="round"
          />
          {limit !== null && (
            <g>
              <line
                x1={axisWidth}
                x2={width}
                y1={yOf(limit.usd)}
                y2={yOf(limit.usd)}
                stroke="var(--waiting)"
                strokeWidth={1.5}
                strokeDasharray="8 3"
              />
              <text
                x={axisWidth + 6}
                y={yOf(limit.usd) - 5}
                className="fill-waiting-ink text-11 font-medium"
              >
                {limit.label}
              </text>
            </g>
          )}
          <circle cx={paths.now.x} cy={paths.now.y} r={3.5} fill="var(--series-1)" />
          {at !== null && (
            <line
              x1={xOf(at + 1)}
              x2={xOf(at + 1)}
              y1={12}
              y2={floor}
              stroke="var(--strong-line)"
            />
          )}
        </svg>
      )}
      {at !== null && course[at] !== undefined && (
        <ForecastReadout day={course[at]} left={xOf(at + 1)} width={width} />
      )}
    </div>
  );
}

function topOf({ sumUsd, projected }: CourseDay): number {
  return Math.max(Number(sumUsd ?? 0), Number(projected?.highUsd ?? 0));
}
