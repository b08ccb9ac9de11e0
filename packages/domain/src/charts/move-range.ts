import type { TimeRange } from "../usage/query/cut-time.ts";

/** A range is never looked at closer than this. */
export const leastRangeMs = 60_000;

/** Narrows (factor below 1) or widens a range around an instant that keeps its place on the screen. */
export function zoomRange(
  range: TimeRange,
  zoom: { readonly factor: number; readonly aroundMs: number },
  bounds: TimeRange,
): TimeRange {
  const widthMs = range.toMs - range.fromMs;
  const wantedMs = Math.max(leastRangeMs, widthMs * zoom.factor);
  const share = (zoom.aroundMs - range.fromMs) / widthMs;
  const fromMs = zoom.aroundMs - share * wantedMs;
  return keepInside({ fromMs, toMs: fromMs + wantedMs }, bounds);
}

/** Moves a range along time, as far as something is known. */
export function panRange(range: TimeRange, byMs: number, bounds: TimeRange): TimeRange {
  return keepInside({ fromMs: range.fromMs + byMs, toMs: range.toMs + byMs }, bounds);
}

/** The range between two instants in either order, wide enough to be looked at. */
export function rangeBetween(oneMs: number, otherMs: number, bounds: TimeRange): TimeRange {
  const fromMs = Math.min(oneMs, otherMs);
  const toMs = Math.max(oneMs, otherMs);
  const missingMs = Math.max(0, leastRangeMs - (toMs - fromMs));
  return keepInside({ fromMs: fromMs - missingMs / 2, toMs: toMs + missingMs / 2 }, bounds);
}

/**
 * The range that shows two instants at two places of the width (0 to 1), as two fingers hold them;
 * null while the fingers are too close to tell.
 */
export function pinchRange(
  held: { readonly oneMs: number; readonly otherMs: number },
  places: { readonly oneShare: number; readonly otherShare: number },
  bounds: TimeRange,
): TimeRange | null {
  const apart = places.otherShare - places.oneShare;
  if (Math.abs(apart) < 0.01) return null;
  const widthMs = (held.otherMs - held.oneMs) / apart;
  if (widthMs <= 0) return null;
  const shownMs = Math.max(leastRangeMs, widthMs);
  const fromMs = held.oneMs - places.oneShare * shownMs;
  return keepInside({ fromMs, toMs: fromMs + shownMs }, bounds);
}

/** Pushes a range back inside without changing its width; one that is too wide becomes the bounds. */
export function keepInside(range: TimeRange, bounds: TimeRange): TimeRange {
  const widthMs = range.toMs - range.fromMs;
  if (widthMs >= bounds.toMs - bounds.fromMs) return bounds;
  const fromMs = Math.round(Math.min(Math.max(range.fromMs, bounds.fromMs), bounds.toMs - widthMs));
  return { fromMs, toMs: Math.round(fromMs + widthMs) };
}
