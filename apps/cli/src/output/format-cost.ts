/** Dollars for people: `$0.0042`, `$12.30`; empty while nothing has a price. */
export function formatCost(costUsd: string | null): string {
  if (costUsd === null) return "";
  const amount = Number(costUsd);
  if (amount === 0) return "$0";
  const digits =
    Math.abs(amount) < 1 ? Math.min(12, 2 - Math.floor(Math.log10(Math.abs(amount)))) : 2;
  return `$${amount.toFixed(digits)}`;
}
