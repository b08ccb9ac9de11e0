import type { TimeRange } from "./cut-time.ts";
import type { Piece } from "./plan-pieces.ts";

/** A piece that may also be read from minutes of the whole workspace, which have no dimensions. */
export type PieceOrMinutes =
  | Piece
  | (TimeRange & { readonly source: { readonly kind: "minutes" } });

const quarterMs = 15 * 60_000;
/** Every piece is a statement of its own; a ledger that is read needlessly costs less than many. */
const mostStretches = 6;

/**
 * The same range with the ledger left out where minutes are kept instead: its longest stretches.
 * @param keptQuarters beginnings of the quarters of an hour whose minutes are kept, in order
 */
export function useKeptMinutes(
  range: TimeRange,
  keptQuarters: readonly number[],
): readonly PieceOrMinutes[] {
  const stretches = joined(keptQuarters.filter((atMs) => isInside(atMs, range)))
    .toSorted((a, b) => lengthOf(b) - lengthOf(a))
    .slice(0, mostStretches)
    .toSorted((a, b) => a.fromMs - b.fromMs);
  const pieces: PieceOrMinutes[] = [];
  let fromMs = range.fromMs;
  for (const stretch of stretches) {
    pieces.push({ fromMs, toMs: stretch.fromMs, source: { kind: "ledger" } });
    pieces.push({ ...stretch, source: { kind: "minutes" } });
    fromMs = stretch.toMs;
  }
  pieces.push({ fromMs, toMs: range.toMs, source: { kind: "ledger" } });
  return pieces.filter((piece) => piece.fromMs < piece.toMs);
}

const isInside = (atMs: number, { fromMs, toMs }: TimeRange): boolean =>
  atMs >= fromMs && atMs + quarterMs <= toMs;

const lengthOf = ({ fromMs, toMs }: TimeRange): number => toMs - fromMs;

function joined(quarters: readonly number[]): readonly TimeRange[] {
  const stretches: TimeRange[] = [];
  for (const atMs of quarters) {
    const last = stretches.at(-1);
    if (last?.toMs === atMs) stretches[stretches.length - 1] = { ...last, toMs: atMs + quarterMs };
    else stretches.push({ fromMs: atMs, toMs: atMs + quarterMs });
  }
  return stretches;
}
