const units = [
  { size: 1e15, sign: "P" },
  { size: 1e12, sign: "T" },
  { size: 1e9, sign: "G" },
  { size: 1e6, sign: "M" },
  { size: 1e3, sign: "k" },
] as const;

/** Counts for people, three figures: `812`, `12.3k`, `1.23M`. Exact ones are in JSON and CSV. */
export function formatCount(count: number | string): string {
  const value = Number(count);
  const magnitude = Math.abs(value);
  if (magnitude < 10_000) return String(value);
  // 999,950 is 1.00M and not 1000k.
  const unit = units.find(({ size }) => magnitude >= size * 0.9995);
  if (!unit) return String(value);
  return `${(value / unit.size).toPrecision(3)}${unit.sign}`;
}
