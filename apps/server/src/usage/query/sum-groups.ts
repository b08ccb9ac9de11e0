import type { Group } from "@headcount/domain/usage/query/arrange-groups";
import { addMeasured, type Measured, nothing } from "@headcount/domain/usage/query/measures";

/** All groups together. */
export function sumGroups(groups: readonly Group[]): Measured {
  return groups.reduce((sum, group) => addMeasured(sum, group.measured), nothing);
}
