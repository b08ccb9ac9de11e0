const narrowSpace = "\u202f";
const suffixes = ["", "k", "M", "B", "T"] as const;

/**
 * Tokens to three significant figures: 842, 9.31 k, 124 k, 1.24 M. Takes a decimal string where the
 * count may exceed 2^53. Rounds half up on integers, so no float error reaches the screen.
 */
export function formatTokens(count: number | bigint | string): string {
  const exact = BigInt(count);
  const sign = exact < 0n ? "−" : "";
  const magnitude = exact < 0n ? -exact : exact;
  if (magnitude < 1000n) return `${sign}${magnitude}`;
  const digits = magnitude.toString().length;
  const keep = 10n ** BigInt(digits - 3);
  const rounded = ((magnitude + keep / 2n) / keep) * keep;
  const step = Math.min(Math.floor((rounded.toString().length - 1) / 3), suffixes.length - 1);
  const unit = 1000n ** BigInt(step);
  const whole = rounded / unit;
  const decimals = Math.max(0, 3 - whole.toString().length);
  const fraction = ((rounded % unit) * 10n ** BigInt(decimals)) / unit;
  const tail = decimals === 0 ? "" : `.${fraction.toString().padStart(decimals, "0")}`;
  return `${sign}${whole}${tail}${narrowSpace}${suffixes[step] ?? ""}`;
}

/** Every digit, grouped: 1,240,318. */
export function formatExactTokens(count: number | bigint | string): string {
  return new Intl.NumberFormat("en").format(BigInt(count));
}
