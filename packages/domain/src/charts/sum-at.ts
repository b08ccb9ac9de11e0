/** Sum of what several series say at one place; null where none of them says anything. */
export function sumAt(
  series: readonly { readonly values: readonly (number | null)[] | Float64Array }[],
  index: number,
): number | null {
  let sum: number | null = null;
  for (const { values } of series) {
    const value = values[index] ?? null;
    if (value !== null && !Number.isNaN(value)) sum = (sum ?? 0) + value;
  }
  return sum;
}
