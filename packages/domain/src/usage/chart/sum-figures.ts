import type { UsageFigure } from "@headcount/contract/usage/query-schemas";
import { formatUsd, parseUsd } from "../money.ts";

/**
 * The exact sum of figures of one metric. What has no price adds nothing, as in the totals of the
 * books; null where nothing has one.
 */
export function sumFigures(figures: readonly UsageFigure[]): UsageFigure {
  const known = figures.filter((figure) => figure !== null);
  const isUnknown = known.length < figures.length && known.every((figure) => Number(figure) === 0);
  if (isUnknown) return null;
  if (known.every((figure) => typeof figure === "number")) {
    const sum = known.reduce((total, figure) => total + figure, 0);
    if (Number.isSafeInteger(sum)) return sum;
  }
  return formatUsd(known.reduce((total, figure) => total + picoOf(figure), 0n));
}

/** Whole numbers are dollars here, so that counts and money add up in the same way. */
function picoOf(figure: number | string): bigint {
  const pico = parseUsd(String(figure));
  if (!pico.ok) throw new Error(`No figure of the books: ${figure}`);
  return pico.value;
}
