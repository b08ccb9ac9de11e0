import { accept, type Decision, refuse } from "../kit/decision.ts";

/** Decimal places of a pico-dollar: 1 USD is 10^12 of them. */
const decimals = 12;
const picoPerUsd = 10n ** BigInt(decimals);
const plainDecimal = /^(-?)(\d+)(?:\.(\d+))?$/;
const anyDecimal = /^(-?)(\d+)(?:\.(\d*))?(?:[eE]([+-]?\d{1,3}))?$/;

/** Pico-dollars as the decimal string of the API, without trailing zeros: `"0.004215"`, `"-1.5"`, `"0"`. */
export function formatUsd(pico: bigint): string {
  const sign = pico < 0n ? "-" : "";
  const magnitude = pico < 0n ? -pico : pico;
  const whole = magnitude / picoPerUsd;
  const fraction = (magnitude % picoPerUsd).toString().padStart(decimals, "0").replace(/0+$/, "");
  return fraction === "" ? `${sign}${whole}` : `${sign}${whole}.${fraction}`;
}

/** Exact pico-dollars of a decimal string; refused when it is not one or is finer than a pico-dollar. */
export function parseUsd(text: string): Decision<bigint, "not_a_decimal" | "too_precise"> {
  const match = plainDecimal.exec(text);
  if (match === null) return refuse("not_a_decimal");
  const [, sign, whole = "0", fraction = ""] = match;
  const significant = fraction.replace(/0+$/, "");
  if (significant.length > decimals) return refuse("too_precise");
  const magnitude = BigInt(whole) * picoPerUsd + BigInt(significant.padEnd(decimals, "0"));
  return accept(sign === "-" ? -magnitude : magnitude);
}

/**
 * Pico-dollars of an amount that somebody else states, often a printed float such as
 * `0.00123456789012345` or `4.2e-5`; rounded half away from zero to a pico-dollar.
 */
export function roundUsd(text: string): Decision<bigint, "not_a_decimal"> {
  const match = anyDecimal.exec(text.trim());
  if (match === null) return refuse("not_a_decimal");
  const [, sign, whole = "0", fraction = "", exponent = "0"] = match;
  const digits = BigInt(whole + fraction);
  const shift = decimals - fraction.length + Number(exponent);
  const magnitude = shift >= 0 ? digits * 10n ** BigInt(shift) : divideRounded(digits, -shift);
  return accept(sign === "-" ? -magnitude : magnitude);
}

function divideRounded(digits: bigint, places: number): bigint {
  const divisor = 10n ** BigInt(places);
  return (digits + divisor / 2n) / divisor;
}
