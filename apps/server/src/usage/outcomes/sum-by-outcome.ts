import type { SpendOutcome } from "@headcount/contract/usage/outcome-schemas";
import { type FigureSums, nothing, sumMeasured } from "@headcount/domain/usage/query/measures";
import type { SpendPart } from "./read-spend.ts";

/** The parts of each outcome together. */
export function sumByOutcome(parts: readonly SpendPart[]): ReadonlyMap<SpendOutcome, FigureSums> {
  const same = Map.groupBy(parts, (part) => part.outcome);
  return new Map(
    [...same].map(([outcome, list]) => [
      outcome,
      sumMeasured(list.map(({ sums }) => ({ ...nothing, sums }))).sums,
    ]),
  );
}
