import { grainRects, grainTile, type Grain } from "./time-series/series-marks.ts";

type GrainPatternProps = {
  readonly id: string;
  readonly grain: Grain;
  /** How much of the ground is seen, 0 to 1; as on canvases unless stated. */
  readonly strength?: number;
};

/** Bars are many and small: a quieter grain is enough to tell them apart. */
export const barGrain = 0.42;

/** The ground that shows through an area: laid over its colour it tells series apart in grey too. */
export function GrainPattern({ id, grain, strength = 0.62 }: GrainPatternProps) {
  return (
    <pattern id={id} width={grainTile} height={grainTile} patternUnits="userSpaceOnUse">
      {grainRects[grain].map(([x, y, width, height]) => (
        <rect
          key={`${x} ${y} ${width}`}
          x={x}
          y={y}
          width={width}
          height={height}
          fill="var(--ground)"
          opacity={strength}
        />
      ))}
    </pattern>
  );
}
