/** The whole number that was typed, when it lies within the bounds; undefined otherwise. */
export function wholeNumber(typed: string, from: number, to: number): number | undefined {
  const trimmed = typed.trim();
  if (!/^\d+$/.test(trimmed)) return undefined;
  const value = Number(trimmed);
  return value >= from && value <= to ? value : undefined;
}
