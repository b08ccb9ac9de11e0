import { generateKeyBetween, generateNKeysBetween } from "fractional-indexing";
import { accept, type Decision, refuse } from "../kit/decision.ts";
import { compareOrderKeys } from "./compare-order-keys.ts";

/** A column is re-spaced when a key would grow beyond this many characters. */
export const longestOrderKey = 64;

/**
 * A key strictly between two neighbours; null stands for the end of the column.
 * Refused when the neighbours are not in order, so that a caller with a stale view notices.
 */
export function orderKeyBetween(
  above: string | null,
  below: string | null,
): Decision<string, "neighbours_out_of_order" | "key_too_long"> {
  if (above !== null && below !== null && compareOrderKeys(above, below) >= 0) {
    return refuse("neighbours_out_of_order");
  }
  const key = generateKeyBetween(above, below);
  return key.length > longestOrderKey ? refuse("key_too_long") : accept(key);
}

/** Fresh, short, strictly growing keys for a whole column of `count` issues, top to bottom. */
export function respacedOrderKeys(count: number): readonly string[] {
  return generateNKeysBetween(null, null, count);
}

/** One issue of a column. */
export type PlacedIssue = { readonly id: string; readonly orderKey: string };

/** Where an issue shall go; ids are the neighbours as the person saw them. */
export type WantedPlace = {
  /** The issue directly above. */
  readonly after: string | null;
  /** The issue directly below. */
  readonly before: string | null;
  readonly place: "top" | "bottom";
};

/** What to write: the moved issue's key, and new keys for others only when the column is re-spaced. */
export type MovePlan = {
  readonly orderKey: string;
  readonly respaced: readonly PlacedIssue[];
};

/**
 * Plans a move within the column as it is now. `column` is in order and may contain the moved
 * issue. A neighbour that has left is ignored and the other one decides; when both have left, or
 * no longer enclose a place together, the upper one counts. Without any neighbour the issue goes
 * to `place`; when those named are all gone, to the top.
 */
export function planMove(
  column: readonly PlacedIssue[],
  movedId: string,
  wanted: WantedPlace,
): MovePlan {
  const others = column.filter((issue) => issue.id !== movedId);
  const index = wantedIndex(others, wanted);
  const above = others[index - 1]?.orderKey ?? null;
  const below = others[index]?.orderKey ?? null;
  const key = orderKeyBetween(above, below);
  if (key.ok) return { orderKey: key.value, respaced: [] };
  return respacedPlan(others, index, movedId);
}

function wantedIndex(others: readonly PlacedIssue[], wanted: WantedPlace): number {
  const upper = others.findIndex((issue) => issue.id === wanted.after);
  if (upper !== -1) return upper + 1;
  const lower = others.findIndex((issue) => issue.id === wanted.before);
  if (lower !== -1) return lower;
  const anchored = wanted.after !== null || wanted.before !== null;
  return !anchored && wanted.place === "bottom" ? others.length : 0;
}

function respacedPlan(others: readonly PlacedIssue[], index: number, movedId: string): MovePlan {
  const ids = others.map((issue) => issue.id).toSpliced(index, 0, movedId);
  const keys = respacedOrderKeys(ids.length);
  const placed = ids.map((id, position) => ({ id, orderKey: keys[position] ?? "" }));
  const moved = placed[index];
  return {
    orderKey: moved?.orderKey ?? "",
    respaced: placed.filter((issue) => issue.id !== movedId),
  };
}
