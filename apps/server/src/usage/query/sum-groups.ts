import type { Group } from "@headcount/domain/usage/query/arrange-groups";
import { type Measured, sumMeasured } from "@headcount/domain/usage/query/measures";

/** All groups together. */
export function sumGroups(groups: readonly Group[]): Measured {
  return sumMeasured(groups.map((group) => group.measured));
}
