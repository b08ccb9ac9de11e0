/** US dollars as a decimal text, exact to 1e-12, of a cost that a CLI wrote as a number; null when it says nothing. */
export function decimalUsd(value: unknown): string | null {
  if (typeof value !== "number" || !Number.isFinite(value) || value <= 0 || value > 1e6)
    return null;
  const text = value.toFixed(12).replace(/\.?0+$/, "");
  return text === "0" ? null : text;
}
