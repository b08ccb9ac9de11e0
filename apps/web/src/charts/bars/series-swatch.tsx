import { useId } from "react";
import { barGrain, GrainPattern } from "../grain-pattern.tsx";
import type { GrainedSeries } from "./bar-types.ts";

type SeriesSwatchProps = { readonly series: GrainedSeries; readonly off?: boolean };

/** A series' colour and grain beside its name; hollow where it is switched off. */
export function SeriesSwatch({ series, off = false }: SeriesSwatchProps) {
  const grain = useId();
  if (series.unpriced === true) {
    return (
      <span
        aria-hidden="true"
        className="h-2.5 w-3 shrink-0 rounded-[2px] border border-dotted border-faint"
      />
    );
  }
  return (
    <svg aria-hidden="true" width="12" height="10" className="shrink-0">
      <defs>
        <GrainPattern id={grain} grain={series.grain} strength={barGrain} />
      </defs>
      <rect
        x="0.5"
        y="0.5"
        width="11"
        height="9"
        rx="2"
        fill={off ? "none" : series.colour}
        stroke={series.colour}
      />
      {!off && <rect x="0.5" y="0.5" width="11" height="9" rx="2" fill={`url(#${grain})`} />}
    </svg>
  );
}
