/** How far one figure is from another: "+3.1 k (+25 %)"; the share only where there is something to share. */
export function signedChange(from: number, to: number, format: (value: number) => string): string {
  const difference = to - from;
  const sign = difference < 0 ? "−" : "+";
  const amount = `${sign}${format(Math.abs(difference))}`;
  if (from <= 0) return amount;
  return `${amount} (${sign}${Math.round(Math.abs(difference / from) * 100)} %)`;
}
