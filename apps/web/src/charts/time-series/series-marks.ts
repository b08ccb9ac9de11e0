/** What tells series apart without their colours: dashes of lines, shapes on them, and the grain of areas. */
export type SeriesMark = {
  /** Pixels drawn and left out in turn; empty is a solid line. */
  readonly dash: readonly number[];
  readonly shape: "dot" | "square" | "triangle" | "diamond" | "ring" | "cross";
  readonly grain: Grain;
};

/** Lines that run through an area; diagonals are left to what is still being filled. */
export type Grain = "plain" | "dots" | "level" | "upright" | "checks" | "sparse-dots";

const dashes: readonly (readonly number[])[] = [[], [7, 3], [2, 2.5], [9, 3, 2, 3]];
const shapes = ["dot", "square", "triangle", "diamond", "ring", "cross"] as const;
const grains = ["plain", "dots", "level", "upright", "checks", "sparse-dots"] as const;

/** The mark of a series by its place in the panel; after six they begin anew, with other dashes. */
export function seriesMark(index: number): SeriesMark {
  return {
    dash: dashes[index % dashes.length] ?? [],
    shape: shapes[index % shapes.length] ?? "dot",
    grain: grains[index % grains.length] ?? "plain",
  };
}

/** Rectangles of a tile of `grainTile` pixels that are left in the ground's colour. */
export const grainTile = 6;

export const grainRects: Readonly<
  Record<Grain, readonly (readonly [x: number, y: number, width: number, height: number])[]>
> = {
  plain: [],
  dots: [
    [0, 0, 1.6, 1.6],
    [3, 3, 1.6, 1.6],
  ],
  level: [[0, 0, 6, 1.4]],
  upright: [[0, 0, 1.4, 6]],
  checks: [
    [0, 0, 6, 1],
    [0, 0, 1, 6],
  ],
  "sparse-dots": [[2, 2, 2, 2]],
};
