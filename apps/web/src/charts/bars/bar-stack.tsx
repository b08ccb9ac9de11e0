import { memo } from "react";
import type { Bar, BarSeries } from "./bar-types.ts";

type BarStackProps = {
  readonly bar: Bar;
  readonly series: readonly BarSeries[];
  readonly x: number;
  readonly width: number;
  /** Pixels from the top of what is at zero. */
  readonly floor: number;
  readonly pixelsPerUnit: number;
  /** Id of the pattern that is drawn over what is still being filled. */
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
  let sum = 0;
  const gap = width > 4 ? 1 : 0;
  const parts = series.flatMap((one) => {
    const value = Math.max(0, bar.values[one.id] ?? 0);
    if (value === 0) return [];
    const bottom = floor - sum * pixelsPerUnit;
    const below = sum > 0 ? gap : 0;
    sum += value;
    const y = floor - sum * pixelsPerUnit;
    return [{ one, y, height: Math.max(1, bottom - y - below) }];
  });
  const top = floor - sum * pixelsPerUnit;
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
          <rect key={one.id} x={x} y={y} width={width} height={height} rx={1} fill={one.colour} />
        ),
      )}
      {bar.partial === true && sum > 0 && (
        <rect x={x} y={top} width={width} height={floor - top} fill={`url(#${hatch})`} />
      )}
    </g>
  );
});
