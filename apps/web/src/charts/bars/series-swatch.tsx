import type { BarSeries } from "./bar-types.ts";

type SeriesSwatchProps = { readonly series: BarSeries; readonly off?: boolean };

/** A series' colour beside its name; hollow where it is switched off. */
export function SeriesSwatch({ series, off = false }: SeriesSwatchProps) {
  if (series.unpriced === true) {
    return (
      <span
        aria-hidden="true"
        className="size-2 shrink-0 rounded-[2px] border border-dotted border-faint"
      />
    );
  }
  return (
    <span
      aria-hidden="true"
      className="size-2 shrink-0 rounded-[2px] border"
      style={{ borderColor: series.colour, background: off ? "transparent" : series.colour }}
    />
  );
}
