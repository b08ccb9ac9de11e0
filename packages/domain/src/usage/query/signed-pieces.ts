import type { TimeRange } from "./cut-time.ts";

/** A part of a range, and whether what it holds is added to the rest or taken away from it. */
export type SignedPiece = TimeRange & {
  readonly kind: "quarters" | "ledger";
  readonly sign: 1n | -1n;
};

const quarterMs = 15 * 60_000;

/**
 * A range as whole quarters of an hour with an edge at either end, never longer than half of one:
 * an edge that the quarters leave out is added, one that they hold too much of is taken away. What
 * ends in the middle of the quarter that is running so needs hardly anything but its sums.
 */
export function wholeQuartersAndEdges({ fromMs, toMs }: TimeRange): readonly SignedPiece[] {
  const [firstMs, lastMs] = [nearestQuarter(fromMs), nearestQuarter(toMs)];
  if (firstMs >= lastMs) return [{ fromMs, toMs, kind: "ledger", sign: 1n }];
  return [
    edge({ atMs: fromMs, quarterMs: firstMs, added: fromMs < firstMs }),
    { fromMs: firstMs, toMs: lastMs, kind: "quarters" as const, sign: 1n as const },
    edge({ atMs: toMs, quarterMs: lastMs, added: toMs > lastMs }),
  ].filter((piece) => piece.fromMs < piece.toMs);
}

const nearestQuarter = (atMs: number): number => Math.round(atMs / quarterMs) * quarterMs;

type Edge = { readonly atMs: number; readonly quarterMs: number; readonly added: boolean };

function edge({ atMs, quarterMs: boundMs, added }: Edge): SignedPiece {
  return {
    fromMs: Math.min(atMs, boundMs),
    toMs: Math.max(atMs, boundMs),
    kind: "ledger",
    sign: added ? 1n : -1n,
  };
}
