import { useId, useRef, useState, type KeyboardEvent } from "react";
import { useText } from "../i18n/use-text.ts";
import { classNames } from "../ui/class-names.ts";
import { niceScale } from "./nice-scale.ts";
import { useWidth } from "./use-width.ts";

export type BarSeries = {
  readonly id: string;
  readonly label: string;
  readonly colour: string;
  /** Counted but without a price; drawn as a dotted outline. */
  readonly unpriced?: boolean;
};

export type Bar = {
  readonly id: string;
  /** Below the bar, short. */
  readonly label: string;
  /** In the readout, complete. */
  readonly title: string;
  /** By series id; a missing one is zero. */
  readonly values: Readonly<Record<string, number>>;
  /** Still being filled; drawn hatched. */
  readonly partial?: boolean;
};

type StackedBarsProps = {
  /** What is drawn, with its unit. */
  readonly label: string;
  /** Above the axis, e.g. "tokens" or "US$". */
  readonly unit: string;
  readonly series: readonly BarSeries[];
  readonly bars: readonly Bar[];
  readonly formatValue: (value: number) => string;
  readonly height?: number;
};

const axisWidth = 52;
const labelHeight = 20;
const headRoom = 20;

/** Values per bucket stacked by series, with an axis, and a readout by pointer or arrow keys. */
export function StackedBars({
  label,
  unit,
  series,
  bars,
  formatValue,
  height = 220,
}: StackedBarsProps) {
  const text = useText();
  const frame = useRef<HTMLDivElement>(null);
  const width = useWidth(frame);
  const hatch = useId();
  const [active, setActive] = useState<number | null>(null);
  const totals = bars.map((bar) => totalOf(bar, series));
  const scale = niceScale(Math.max(...totals, 0), 4);
  const plotHeight = height - labelHeight - headRoom;
  const plotWidth = Math.max(0, width - axisWidth);
  const step = plotWidth / Math.max(bars.length, 1);
  const barWidth = Math.max(2, Math.min(36, step * 0.68));
  const yOf = (value: number) => headRoom + plotHeight - (value / scale.top) * plotHeight;
  const labelEvery = Math.max(1, Math.ceil(76 / Math.max(step, 1)));
  const move = (event: KeyboardEvent) => {
    const last = bars.length - 1;
    const current = active ?? last + 1;
    const targets: Readonly<Record<string, number>> = {
      ArrowLeft: Math.max(0, current - 1),
      ArrowRight: Math.min(last, (active ?? -1) + 1),
      Home: 0,
      End: last,
    };
    const target = targets[event.key];
    if (target === undefined) return;
    event.preventDefault();
    setActive(target);
  };
  const activeBar = active === null ? undefined : bars[active];
  if (scale.ticks.length === 1) {
    return (
      <div style={{ height }} className="grid place-items-center text-13 text-faint">
        {text.figures.noData}
      </div>
    );
  }
  return (
    <figure aria-label={label} className="flex flex-col gap-2">
      <Legend series={series} />
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
          className="figures block rounded-control"
          onKeyDown={move}
          onBlur={() => setActive(null)}
          onPointerLeave={() => setActive(null)}
          onPointerMove={(event) => {
            const x = event.nativeEvent.offsetX - axisWidth;
            const index = Math.floor(x / step);
            setActive(x >= 0 && index < bars.length ? index : null);
          }}
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
          </defs>
          <text x={axisWidth - 8} y={11} textAnchor="end" className="fill-faint text-11">
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
              <text
                x={axisWidth - 8}
                y={yOf(tick) + 4}
                textAnchor="end"
                className="fill-faint text-11"
              >
                {formatValue(tick).replace(/\.0+(?=\D|$)/, "")}
              </text>
            </g>
          ))}
          {bars.map((bar, index) => {
            const x = axisWidth + index * step + (step - barWidth) / 2;
            const total = totals[index] ?? 0;
            return (
              <g key={bar.id} opacity={active === null || active === index ? 1 : 0.45}>
                <Stack bar={bar} series={series} x={x} width={barWidth} yOf={yOf} />
                {bar.partial === true && total > 0 && (
                  <rect
                    x={x}
                    y={yOf(total)}
                    width={barWidth}
                    height={yOf(0) - yOf(total)}
                    fill={`url(#${hatch})`}
                  />
                )}
                {(bars.length - 1 - index) % labelEvery === 0 && (
                  <text
                    x={index === bars.length - 1 ? Math.min(width, x + barWidth) : x + barWidth / 2}
                    y={height - 5}
                    textAnchor={index === bars.length - 1 ? "end" : "middle"}
                    className={classNames("text-11", active === index ? "fill-ink" : "fill-faint")}
                  >
                    {bar.label}
                  </text>
                )}
              </g>
            );
          })}
        </svg>
        {activeBar !== undefined && active !== null && (
          <Readout
            bar={activeBar}
            series={series}
            formatValue={formatValue}
            total={totals[active] ?? 0}
            left={axisWidth + (active + 0.5) * step}
            width={width}
          />
        )}
      </div>
    </figure>
  );
}

function totalOf(bar: Bar, series: readonly BarSeries[]): number {
  return series.reduce((sum, { id }) => sum + (bar.values[id] ?? 0), 0);
}

type StackProps = {
  readonly bar: Bar;
  readonly series: readonly BarSeries[];
  readonly x: number;
  readonly width: number;
  readonly yOf: (value: number) => number;
};

function Stack({ bar, series, x, width, yOf }: StackProps) {
  const parts: { readonly id: string; readonly y: number; readonly height: number }[] = [];
  let sum = 0;
  for (const { id } of series) {
    const value = bar.values[id] ?? 0;
    const bottom = yOf(sum);
    sum += value;
    const y = yOf(sum);
    if (value > 0) parts.push({ id, y, height: Math.max(1, bottom - y - (sum > value ? 1 : 0)) });
  }
  return parts.map((part) => {
    const one = series.find(({ id }) => id === part.id);
    if (one === undefined) return null;
    return (
      <rect
        key={part.id}
        x={one.unpriced === true ? x + 0.5 : x}
        y={part.y}
        width={one.unpriced === true ? width - 1 : width}
        height={part.height}
        rx={1}
        fill={one.unpriced === true ? "none" : one.colour}
        stroke={one.unpriced === true ? "var(--faint)" : "none"}
        strokeDasharray={one.unpriced === true ? "1.500 2" : undefined}
      />
    );
  });
}

function Legend({ series }: { readonly series: readonly BarSeries[] }) {
  return (
    <ul aria-hidden="true" className="flex flex-wrap gap-x-4 gap-y-1 text-12 text-muted">
      {series.map((one) => (
        <li key={one.id} className="flex items-center gap-1.5">
          <Swatch series={one} />
          {one.label}
        </li>
      ))}
    </ul>
  );
}

function Swatch({ series }: { readonly series: BarSeries }) {
  if (series.unpriced === true) {
    return (
      <span aria-hidden="true" className="size-2 rounded-[2px] border border-dotted border-faint" />
    );
  }
  return (
    <span
      aria-hidden="true"
      className="size-2 rounded-[2px]"
      style={{ background: series.colour }}
    />
  );
}

type ReadoutProps = {
  readonly bar: Bar;
  readonly series: readonly BarSeries[];
  readonly formatValue: (value: number) => string;
  readonly total: number;
  readonly left: number;
  readonly width: number;
};

function Readout({ bar, series, formatValue, total, left, width }: ReadoutProps) {
  const text = useText();
  const present = series.filter(({ id }) => (bar.values[id] ?? 0) > 0).toReversed();
  const onRight = left < width / 2;
  return (
    <div
      role="status"
      style={onRight ? { left: left + 14 } : { right: width - left + 14 }}
      className="pointer-events-none absolute top-3 z-10 min-w-40 rounded-card bg-raised px-2.5 py-2 text-12 shadow-float"
    >
      <p className="mb-1 flex justify-between gap-3 font-medium">
        {bar.title}
        {bar.partial === true && (
          <span className="font-normal text-faint">{text.figures.partial}</span>
        )}
      </p>
      {present.map((one) => (
        <p key={one.id} className="flex items-center gap-1.5 text-muted">
          <Swatch series={one} />
          <span className="grow">{one.label}</span>
          <span className="figures text-ink">{formatValue(bar.values[one.id] ?? 0)}</span>
        </p>
      ))}
      {present.length > 1 && (
        <p className="mt-1 flex justify-between border-t border-line pt-1">
          {text.figures.total}
          <span className="figures font-medium">{formatValue(total)}</span>
        </p>
      )}
      {present.length === 0 && <p className="text-faint">{text.common.none}</p>}
    </div>
  );
}
