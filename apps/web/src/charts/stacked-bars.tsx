import { useId, useRef, type ReactNode } from "react";
import { useText } from "../i18n/use-text.ts";
import { classNames } from "../ui/class-names.ts";
import { BarAxis } from "./bars/bar-axis.tsx";
import { axisWidth, barLayout } from "./bars/bar-layout.ts";
import { BarLegend } from "./bars/bar-legend.tsx";
import { BarReadout } from "./bars/bar-readout.tsx";
import { BarStack } from "./bars/bar-stack.tsx";
import { type Bar, type BarSeries, grained, totalOf } from "./bars/bar-types.ts";
import { type BarPick, useBarCursor } from "./bars/use-bar-cursor.ts";
import { barGrain, GrainPattern } from "./grain-pattern.tsx";
import { niceScale } from "./nice-scale.ts";
import { useWidth } from "./use-width.ts";

type StackedBarsProps = {
  /** What is drawn, with its unit. */
  readonly label: string;
  /** Above the axis, e.g. "tokens" or "US$". */
  readonly unit: string;
  /** From the bottom up. */
  readonly series: readonly BarSeries[];
  readonly bars: readonly Bar[];
  readonly formatValue: (value: number) => string;
  /** At the axis; as in the readout unless stated. */
  readonly formatTick?: (value: number) => string;
  readonly height?: number;
  /** Series that are switched off: named, not drawn. */
  readonly hidden?: readonly string[];
  readonly onToggle?: (seriesId: string) => void;
  /** What a click on a bar, or Enter, opens, and how to say so. */
  readonly pick?: { readonly hint: string; readonly open: BarPick };
  /** In place of bars that would all be empty. */
  readonly empty?: ReactNode;
};

const nothingHidden: readonly string[] = [];

/** Values per bucket stacked by series, with an axis, and a readout by pointer, touch or keys. */
export function StackedBars({
  label,
  unit,
  series,
  bars,
  formatValue,
  formatTick = formatValue,
  height = 220,
  hidden = nothingHidden,
  onToggle,
  pick,
  empty,
}: StackedBarsProps) {
  const text = useText();
  const frame = useRef<HTMLDivElement>(null);
  const width = useWidth(frame);
  const hatch = useId();
  const named = grained(series);
  const drawn = named.filter(({ id }) => !hidden.includes(id));
  const scale = niceScale(Math.max(...bars.map((bar) => totalOf(bar, drawn)), 0), 4);
  const layout = barLayout({ width, height }, bars.length, scale);
  const { cursor, handlers } = useBarCursor({ bars, series: drawn, layout, onPick: pick?.open });
  const isEmpty = scale.ticks.length === 1;
  const active = cursor === null ? undefined : bars[cursor.bar];
  if (isEmpty && hidden.length === 0) {
    return (
      <div style={{ height }} className="grid place-items-center text-13 text-faint">
        {empty ?? text.figures.noData}
      </div>
    );
  }
  return (
    <figure aria-label={label} className="flex flex-col gap-2">
      <BarLegend label={text.figures.legend} series={named} hidden={hidden} onToggle={onToggle} />
      <div ref={frame} className="relative">
        {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- an application role takes arrow keys */}
        <svg
          role="application"
          aria-roledescription={text.figures.chartHelp}
          aria-label={label}
          // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- an application role takes focus
          tabIndex={0}
          width={width}
          height={height}
          className={classNames(
            "figures block rounded-control",
            pick !== undefined && active !== undefined && "cursor-pointer",
          )}
          {...handlers}
        >
          <defs>
            <pattern
              id={hatch}
              width="5"
              height="5"
              patternUnits="userSpaceOnUse"
              patternTransform="rotate(45)"
            >
              <rect width="2.500" height="5" fill="var(--ground)" opacity="0.550" />
            </pattern>
            {[...new Set(drawn.map(({ grain }) => grain))].map((grain) => (
              <GrainPattern
                key={grain}
                id={`${hatch}-${grain}`}
                grain={grain}
                strength={barGrain}
              />
            ))}
          </defs>
          {cursor !== null && (
            <rect
              x={axisWidth + cursor.bar * layout.step}
              y={0}
              width={layout.step}
              height={layout.floor}
              fill="var(--hover)"
            />
          )}
          <BarAxis
            unit={unit}
            scale={scale}
            width={width}
            yOf={layout.yOf}
            formatTick={formatTick}
          />
          {bars.map((bar, index) => (
            <BarStack
              key={bar.id}
              bar={bar}
              series={drawn}
              x={layout.leftOf(index)}
              width={layout.barWidth}
              floor={layout.floor}
              pixelsPerUnit={layout.pixelsPerUnit}
              hatch={hatch}
            />
          ))}
          {bars.map((bar, index) =>
            (bars.length - 1 - index) % layout.labelEvery === 0 ? (
              <BarLabel
                key={bar.id}
                label={bar.label}
                x={
                  index === bars.length - 1
                    ? Math.min(width, layout.leftOf(index) + layout.barWidth)
                    : layout.leftOf(index) + layout.barWidth / 2
                }
                y={height - 5}
                place={index === bars.length - 1 ? "end" : "middle"}
                isActive={cursor?.bar === index}
              />
            ) : null,
          )}
        </svg>
        {active !== undefined && cursor !== null && (
          <BarReadout
            bar={active}
            series={drawn}
            seriesId={cursor.seriesId}
            formatValue={formatValue}
            left={axisWidth + (cursor.bar + 0.5) * layout.step}
            width={width}
            hint={pick?.hint ?? null}
          />
        )}
      </div>
    </figure>
  );
}

type BarLabelProps = {
  readonly label: string;
  readonly x: number;
  readonly y: number;
  readonly place: "middle" | "end";
  readonly isActive: boolean;
};

function BarLabel({ label, x, y, place, isActive }: BarLabelProps) {
  return (
    <text
      x={x}
      y={y}
      textAnchor={place}
      className={classNames("text-11", isActive ? "fill-ink" : "fill-faint")}
    >
      {label}
    </text>
  );
}
