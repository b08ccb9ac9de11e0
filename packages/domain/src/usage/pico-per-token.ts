/**
 * Pico-dollars per token of a price in US dollars per million tokens, such as `0.075` or `7.5e-2`:
 * its decimal digits moved by six places. Null for what is no such number, and when digits remain,
 * e.g. of a recurring decimal: such a price is not used.
 */
export function picoPerToken(usdPerMillion: string): bigint | null {
  const match = /^(\d+)(?:\.(\d+))?(?:e([+-]\d{1,3}))?$/.exec(usdPerMillion);
  if (match === null) return null;
  const [, whole = "0", fraction = "", exponent = "0"] = match;
  const digits = BigInt(whole + fraction);
  const shift = 6 + Number(exponent) - fraction.length;
  if (shift >= 0) return digits * 10n ** BigInt(shift);
  const divisor = 10n ** BigInt(-shift);
  return digits % divisor === 0n ? digits / divisor : null;
}
