import type { UsageDimension, UsageGrouping } from "@headcount/contract/usage/query-words";
import { columnOf } from "./group-columns.ts";
import type { Question } from "./question.ts";

/** Every dimension that the rows or the filters of a question tell apart. */
export function dimensionsOf({ groupBy, filters, agents }: Question): ReadonlySet<UsageDimension> {
  const isDimension = (grouping: UsageGrouping): grouping is UsageDimension => grouping in columnOf;
  return new Set([
    ...groupBy.filter(isDimension),
    ...filters.map((filter) => filter.dimension),
    ...(agents === "told" ? (["agent"] as const) : []),
  ]);
}
