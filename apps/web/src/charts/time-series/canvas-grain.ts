import { type Grain, grainRects, grainTile } from "./series-marks.ts";

type Fills = { readonly colour: string; readonly ground: string; readonly grain: Grain };

const tiles = new Map<string, CanvasPattern | string>();
/** Themes and series are few; more tiles than this means that nobody needs the old ones. */
const mostTiles = 64;

/** The fill of an area: its colour, with the ground showing through in the grain of its series. */
export function canvasGrain(ctx: CanvasRenderingContext2D, fills: Fills): CanvasPattern | string {
  const { colour, ground, grain } = fills;
  if (grain === "plain") return colour;
  const key = `${colour} ${ground} ${grain} ${devicePixelRatio}`;
  const stored = tiles.get(key);
  if (stored !== undefined) return stored;
  if (tiles.size >= mostTiles) tiles.clear();
  const tile = drawTile(fills);
  const pattern = ctx.createPattern(tile, "repeat") ?? colour;
  tiles.set(key, pattern);
  return pattern;
}

function drawTile({ colour, ground, grain }: Fills): HTMLCanvasElement {
  const size = Math.round(grainTile * devicePixelRatio);
  const tile = document.createElement("canvas");
  tile.width = size;
  tile.height = size;
  const ctx = tile.getContext("2d");
  if (ctx === null) return tile;
  const scale = size / grainTile;
  ctx.scale(scale, scale);
  ctx.fillStyle = colour;
  ctx.fillRect(0, 0, grainTile, grainTile);
  ctx.globalAlpha = 0.62;
  ctx.fillStyle = ground;
  for (const rect of grainRects[grain]) ctx.fillRect(...rect);
  return tile;
}
