/**
 * US dollars with as many decimals as matter: $1,204 · $3.18 · $0.042 · $0.0042. Takes the ledger's
 * decimal string; anything that is not a decimal number is a caller's mistake and throws.
 */
export function formatMoney(usd: string | number): string {
  const value = Number(usd);
  if (!Number.isFinite(value)) throw new RangeError(`Not an amount of money: ${usd}`);
  const magnitude = Math.abs(value);
  const sign = value < 0 ? "−" : "";
  if (magnitude === 0) return "$0";
  if (magnitude < 0.000001) return `${sign}<$0.000001`;
  return `${sign}$${digitsOf(magnitude)}`;
}

function digitsOf(magnitude: number): string {
  if (magnitude >= 1000) return grouped(magnitude, 0);
  if (magnitude >= 0.1) return grouped(magnitude, 2);
  const leadingZeros = -Math.floor(Math.log10(magnitude)) - 1;
  const decimals = leadingZeros + 2;
  return magnitude.toFixed(decimals).replace(/0+$/, "").padEnd(4, "0");
}

function grouped(value: number, decimals: number): string {
  return new Intl.NumberFormat("en", {
    minimumFractionDigits: decimals,
    maximumFractionDigits: decimals,
  }).format(value);
}
