/** Random numbers that are the same in every run of the same seed (mulberry32, public domain). */
export type Random = {
  /** From 0 up to but without 1. */
  readonly next: () => number;
  /** A whole number from 0 up to but without `end`. */
  readonly below: (end: number) => number;
  readonly pick: <Item>(items: readonly Item[]) => Item;
  /** True in this share of the calls, 0 to 1. */
  readonly chance: (outOfOne: number) => boolean;
};

/** Every whole number is a seed. */
export function seeded(seed: number): Random {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const below = (end: number): number => Math.floor(next() * end);
  return {
    next,
    below,
    pick(items) {
      const item = items[below(items.length)];
      if (item === undefined) throw new Error("Nothing to pick from");
      return item;
    },
    chance: (outOfOne) => next() < outOfOne,
  };
}
