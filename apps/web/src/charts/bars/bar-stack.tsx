import { memo } from "react";
import { type Bar, type GrainedSeries, presentIn } from "./bar-types.ts";

type BarStackProps = {
  readonly bar: Bar;
  readonly series: readonly GrainedSeries[];
  readonly x: number;
  readonly width: number;
  /** Pixels from the top of what is at zero. */
  readonly floor: number;
  readonly pixelsPerUnit: number;
  /** Id of the pattern that is drawn over what is still being filled; those of grains begin with it. */
  readonly hatch: string;
};

/** One bucket, its series upon one another. It is drawn again only when its figures change. */
export const BarStack = memo(function BarStack({
  bar,
  series,
  x,
  width,
  floor,
  pixelsPerUnit,
  hatch,
}: BarStackProps) {
  const { parts, top } = layParts(bar, series, { floor, pixelsPerUnit, gap: width > 4 ? 1 : 0 });
  return (
    <g>
      {parts.map(({ one, y, height }) =>
        one.unpriced === true ? (
          <rect
            key={one.id}
            x={x + 0.5}
            y={y + 0.5}
            width={Math.max(1, width - 1)}
            height={Math.max(1, height - 1)}
            rx={1}
            fill="none"
            stroke="var(--faint)"
            strokeDasharray="1.500 2"
          />
        ) : (
          <g key={one.id}>
            <rect x={x} y={y} width={width} height={height} rx={1} fill={one.colour} />
            {one.grain !== "plain" && (
              <rect
                x={x}
                y={y}
                width={width}
                height={height}
                fill={`url(#${hatch}-${one.grain})`}
              />
            )}
          </g>
        ),
      )}
      {bar.partial === true && top < floor && (
        <rect x={x} y={top} width={width} height={floor - top} fill={`url(#${hatch})`} />
      )}
    </g>
  );
});

type Part = { readonly one: GrainedSeries; readonly y: number; readonly height: number };

/** Where each part lies, from the bottom up, with a hairline between two of them. */
function layParts(
  bar: Bar,
  series: readonly GrainedSeries[],
  place: { readonly floor: number; readonly pixelsPerUnit: number; readonly gap: number },
): { readonly parts: readonly Part[]; readonly top: number } {
  const parts: Part[] = [];
  let bottom = place.floor;
  for (const one of presentIn(bar, series)) {
    const y = bottom - (bar.values[one.id] ?? 0) * place.pixelsPerUnit;
    const below = parts.length > 0 ? place.gap : 0;
    parts.push({ one, y, height: Math.max(1, bottom - y - below) });
    bottom = y;
  }
  return { parts, top: bottom };
}
