import { one } from "./share.ts";

/** Days one after another without a gap, and what was expected on each of them. */
export type History = {
  /** Pico-dollars. */
  readonly amounts: readonly bigint[];
  /** Place of the first day on which anything was used. */
  readonly from: number;
  /**
   * What each place says of the day a week after it: the mean of that day of the week until then, the
   * newer the heavier. It knows nothing of later days.
   */
  readonly means: readonly bigint[];
};

/** A week weighs three quarters of the one after it. */
const fading = { of: 3n, in: 4n };

/** Each day of the week has a mean of its own that moves towards what came. */
export function toHistory(amounts: readonly bigint[], from: number): History {
  const means: bigint[] = [];
  const weights: bigint[] = [];
  for (const [at, amount] of amounts.entries()) {
    const before = at - from < 7 ? { mean: 0n, weight: 0n } : valueBefore(means, weights, at);
    const weight = one + (before.weight * fading.of) / fading.in;
    means.push(before.mean + ((amount - before.mean) * one) / weight);
    weights.push(weight);
  }
  return { amounts, from, means };
}

const valueBefore = (means: readonly bigint[], weights: readonly bigint[], at: number) => ({
  mean: means[at - 7] ?? 0n,
  weight: weights[at - 7] ?? 0n,
});

/** What is expected of a day, as seen at the beginning of another one that is not after it. */
export function expectedOf({ means }: History, end: number, ahead: number): bigint {
  return means[end - 7 + (ahead % 7)] ?? 0n;
}

/** The amount of a day; nothing outside of what is known. */
export function amountAt({ amounts }: History, at: number): bigint {
  return amounts[at] ?? 0n;
}
