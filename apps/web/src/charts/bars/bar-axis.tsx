import type { Scale } from "../nice-scale.ts";
import { axisWidth } from "./bar-layout.ts";

type BarAxisProps = {
  readonly unit: string;
  readonly scale: Scale;
  readonly width: number;
  readonly yOf: (value: number) => number;
  readonly formatTick: (value: number) => string;
};

/** Hairlines across the chart with their values at the left, and the unit above them. */
export function BarAxis({ unit, scale, width, yOf, formatTick }: BarAxisProps) {
  return (
    <>
      {/* From the edge on: what is longer than a value reaches over the plot, where no bar is. */}
      <text x={0} y={11} className="fill-faint text-11">
        {unit}
      </text>
      {scale.ticks.map((tick) => (
        <g key={tick}>
          <line
            x1={axisWidth}
            x2={width}
            y1={yOf(tick)}
            y2={yOf(tick)}
            stroke={tick === 0 ? "var(--strong-line)" : "var(--line)"}
          />
          <text x={axisWidth - 8} y={yOf(tick) + 4} textAnchor="end" className="fill-faint text-11">
            {formatTick(tick).replace(/\.0+(?=\D|$)/, "")}
          </text>
        </g>
      ))}
    </>
  );
}
