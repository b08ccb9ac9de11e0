import { type Bar, type BarCursor, type BarSeries, presentIn } from "./bar-types.ts";

type Drawn = { readonly bars: readonly Bar[]; readonly series: readonly BarSeries[] };

/** Where a key leads: along the buckets, and up and down within one. Null for other keys. */
export function moveCursor(key: string, cursor: BarCursor | null, drawn: Drawn): BarCursor | null {
  const last = drawn.bars.length - 1;
  if (last < 0) return null;
  switch (key) {
    case "ArrowLeft":
      return along(cursor, Math.max(0, (cursor?.bar ?? last + 1) - 1));
    case "ArrowRight":
      return along(cursor, Math.min(last, (cursor?.bar ?? -1) + 1));
    case "PageUp":
      return along(cursor, Math.max(0, (cursor?.bar ?? last) - 7));
    case "PageDown":
      return along(cursor, Math.min(last, (cursor?.bar ?? 0) + 7));
    case "Home":
      return along(cursor, 0);
    case "End":
      return along(cursor, last);
    case "ArrowUp":
      return within(cursor ?? along(null, last), drawn, 1);
    case "ArrowDown":
      return within(cursor ?? along(null, last), drawn, -1);
    default:
      return null;
  }
}

/** A series that was chosen stays chosen, so that one can be followed through time. */
function along(cursor: BarCursor | null, bar: number): BarCursor {
  return { bar, seriesId: cursor?.seriesId ?? null };
}

/** One further up or down; beyond the ends is the whole bucket again. */
function within(cursor: BarCursor, { bars, series }: Drawn, step: 1 | -1): BarCursor {
  const bar = bars[cursor.bar];
  if (bar === undefined) return cursor;
  const ids = presentIn(bar, series).map(({ id }) => id);
  const from = cursor.seriesId === null ? -1 : ids.indexOf(cursor.seriesId);
  const start = from === -1 && step === -1 ? ids.length : from;
  return { bar: cursor.bar, seriesId: ids[start + step] ?? null };
}
