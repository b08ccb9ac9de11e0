import type { FigureName, FigureSums } from "@headcount/domain/usage/query/measures";

/**
 * The sums f0, f1 … of a row. Sums of no rows at all are null, and those of figures that none of the
 * rows has.
 */
export function toFigureSums(
  row: Readonly<Record<string, unknown>>,
  figures: readonly FigureName[],
): FigureSums {
  const sums: Partial<Record<FigureName, bigint>> = {};
  for (const [at, name] of figures.entries()) {
    const text = row[`f${at}`];
    if (typeof text === "string") sums[name] = BigInt(text);
  }
  return sums;
}
