import type { TimeRange } from "./cut-time.ts";
import type { Piece } from "./plan-pieces.ts";
import { splitAtKept } from "./split-at-kept.ts";

/** A piece that may also be read from minutes of the whole workspace, which have no dimensions. */
export type PieceOrMinutes =
  | Piece
  | (TimeRange & { readonly source: { readonly kind: "minutes" } });

/**
 * The same range with the ledger left out where minutes are kept instead: its longest stretches.
 * @param keptQuarters beginnings of the quarters of an hour whose minutes are kept, in order
 */
export function useKeptMinutes(
  range: TimeRange,
  keptQuarters: readonly number[],
): readonly PieceOrMinutes[] {
  return splitAtKept(range, keptQuarters).map(
    ({ isKept, ...part }): PieceOrMinutes =>
      isKept ? { ...part, source: { kind: "minutes" } } : { ...part, source: { kind: "ledger" } },
  );
}
