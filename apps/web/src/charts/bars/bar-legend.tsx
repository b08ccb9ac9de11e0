import { classNames } from "../../ui/class-names.ts";
import type { GrainedSeries } from "./bar-types.ts";
import { SeriesSwatch } from "./series-swatch.tsx";

type BarLegendProps = {
  readonly label: string;
  readonly series: readonly GrainedSeries[];
  readonly hidden: readonly string[];
  /** Without it the legend only names. */
  readonly onToggle?: ((seriesId: string) => void) | undefined;
};

/** The names of the series right above the bars; each switches its own on and off. */
export function BarLegend({ label, series, hidden, onToggle }: BarLegendProps) {
  return (
    <ul
      aria-label={label}
      className="flex flex-wrap items-center gap-x-1 gap-y-0.5 text-12 text-muted"
    >
      {series.map((one) => (
        <li key={one.id} className="min-w-0">
          {onToggle === undefined ? (
            <span className="me-3 flex items-center gap-1.5">
              <SeriesSwatch series={one} />
              {one.label}
            </span>
          ) : (
            <button
              type="button"
              aria-pressed={!hidden.includes(one.id)}
              onClick={() => onToggle(one.id)}
              className={classNames(
                "flex h-6 max-w-60 items-center gap-1.5 rounded-tag px-1.5 hover:bg-hover",
                hidden.includes(one.id) && "text-faint line-through",
              )}
            >
              <SeriesSwatch series={one} off={hidden.includes(one.id)} />
              <span className="truncate">{one.label}</span>
            </button>
          )}
        </li>
      ))}
    </ul>
  );
}
