import { useText } from "../../i18n/use-text.ts";
import { classNames } from "../../ui/class-names.ts";
import { type Bar, type GrainedSeries, presentIn, totalOf } from "./bar-types.ts";
import { SeriesSwatch } from "./series-swatch.tsx";

type BarReadoutProps = {
  readonly bar: Bar;
  readonly series: readonly GrainedSeries[];
  readonly seriesId: string | null;
  readonly formatValue: (value: number) => string;
  /** Middle of the bar, pixels from the left. */
  readonly left: number;
  /** Of the whole chart. */
  readonly width: number;
  readonly hint: string | null;
};

/** The exact parts of one bucket, beside it. */
export function BarReadout({
  bar,
  series,
  seriesId,
  formatValue,
  left,
  width,
  hint,
}: BarReadoutProps) {
  const text = useText();
  const present = presentIn(bar, series).toReversed();
  const onRight = left < width / 2;
  return (
    <div
      role="status"
      style={onRight ? { left: left + 14 } : { right: width - left + 14 }}
      className="pointer-events-none absolute top-3 z-10 min-w-40 max-w-72 rounded-card bg-raised px-2.5 py-2 text-12 shadow-float"
    >
      <p className="mb-1 flex justify-between gap-3 font-medium">
        {bar.title}
        {bar.partial === true && (
          <span className="font-normal text-faint">{text.figures.partial}</span>
        )}
      </p>
      {present.map((one) => (
        <p
          key={one.id}
          className={classNames(
            "-mx-1 flex items-center gap-1.5 rounded-tag px-1",
            one.id === seriesId ? "bg-hover font-medium text-ink" : "text-muted",
          )}
        >
          <SeriesSwatch series={one} />
          <span className="min-w-0 grow truncate">{one.label}</span>
          <span className="figures text-ink">{formatValue(bar.values[one.id] ?? 0)}</span>
        </p>
      ))}
      {present.length > 1 && (
        <p className="mt-1 flex justify-between border-t border-line pt-1">
          {text.figures.total}
          <span className="figures font-medium">{formatValue(totalOf(bar, series))}</span>
        </p>
      )}
      {present.length === 0 && <p className="text-faint">{text.common.none}</p>}
      {hint !== null && present.length > 0 && <p className="mt-1 text-11 text-faint">{hint}</p>}
    </div>
  );
}
