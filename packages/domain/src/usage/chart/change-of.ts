import type { UsageFigure } from "@headcount/contract/usage/query-schemas";

/** How a figure compares with the one before it. */
export type Change =
  /** One of the two is not known: used, but without a price. */
  | { readonly kind: "unknown" }
  /** There was nothing before, and there is now. */
  | { readonly kind: "new" }
  /** Nothing in either. */
  | { readonly kind: "nothing" }
  /** `ratio` is 0.25 for a quarter more, −1 for nothing left. */
  | { readonly kind: "changed"; readonly ratio: number };

/** The change of a figure against the period before. Only a ratio to show: not exact. */
export function changeOf(present: UsageFigure, before: UsageFigure): Change {
  if (present === null || before === null) return { kind: "unknown" };
  const now = Number(present);
  const then = Number(before);
  if (then === 0) return { kind: now === 0 ? "nothing" : "new" };
  return { kind: "changed", ratio: (now - then) / Math.abs(then) };
}
