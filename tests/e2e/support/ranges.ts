/** A stretch of time that a chart shows. */
export type Range = { readonly fromMs: number; readonly toMs: number };

export const widthOf = ({ fromMs, toMs }: Range): number => toMs - fromMs;

export const middleOf = ({ fromMs, toMs }: Range): number => (fromMs + toMs) / 2;

/** The instant at a share of a range, 0 for its start and 1 for its end. */
export const instantAt = (range: Range, share: number): number =>
  range.fromMs + share * widthOf(range);

/** How far the edges of two ranges are apart, as a share of the range of the start: a pixel is a thousandth. */
export function apart(home: Range, range: Range, wanted: Range): number {
  const farthestMs = Math.max(
    Math.abs(range.fromMs - wanted.fromMs),
    Math.abs(range.toMs - wanted.toMs),
  );
  return farthestMs / widthOf(home);
}
