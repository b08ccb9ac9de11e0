import { useId } from "react";
import { GrainPattern } from "../grain-pattern.tsx";
import type { PanelStyle } from "./chart-types.ts";
import { seriesMark, type SeriesMark } from "./series-marks.ts";

type SeriesSwatchProps = {
  readonly index: number;
  readonly colour: string;
  readonly style: PanelStyle;
  readonly unpriced?: boolean;
};

/** How a series is drawn, small: its line with dashes and shape, or its area with its grain. */
export function SeriesSwatch({ index, colour, style, unpriced = false }: SeriesSwatchProps) {
  const grain = useId();
  const mark = seriesMark(index);
  if (style === "line") {
    return (
      <svg aria-hidden="true" width="22" height="10" className="shrink-0">
        <line
          x1="0"
          x2="22"
          y1="5"
          y2="5"
          stroke={colour}
          strokeWidth="1.75"
          strokeDasharray={mark.dash.join(" ")}
        />
        <SwatchShape shape={mark.shape} colour={colour} />
      </svg>
    );
  }
  return (
    <svg aria-hidden="true" width="12" height="10" className="shrink-0">
      <defs>
        <GrainPattern id={grain} grain={mark.grain} />
      </defs>
      <rect
        x="0.5"
        y="0.5"
        width="11"
        height="9"
        rx="2"
        fill={unpriced ? "none" : colour}
        stroke={unpriced ? "var(--faint)" : "none"}
        strokeDasharray={unpriced ? "2 2" : undefined}
      />
      {!unpriced && <rect x="0.5" y="0.5" width="11" height="9" rx="2" fill={`url(#${grain})`} />}
    </svg>
  );
}

/** The shape in the middle of a swatch, 3 pixels around (11, 5). */
function SwatchShape({
  shape,
  colour,
}: {
  readonly shape: SeriesMark["shape"];
  readonly colour: string;
}) {
  if (shape === "dot") return <circle cx="11" cy="5" r="3" fill={colour} />;
  if (shape === "ring")
    return (
      <circle cx="11" cy="5" r="2.500" fill="var(--ground)" stroke={colour} strokeWidth="1.5" />
    );
  return <path d={swatchPaths[shape]} fill={colour} />;
}

const swatchPaths = {
  square: "M8.300 2.300h5.400v5.400h-5.400z",
  triangle: "M11 1.500l3.300 6h-6.600z",
  diamond: "M11 1.200l3.800 3.800-3.800 3.800-3.800-3.800z",
  cross: "M8 3.800h2v-2h2v2h2v2.400h-2v2h-2v-2h-2z",
} as const;
