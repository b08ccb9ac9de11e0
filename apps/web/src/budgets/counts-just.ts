import type { Budget } from "@headcount/contract/budgets/schemas";
import { usageFilterNames, type UsageFilters } from "../usage/usage-search.ts";

/** Whether a budget counts what filters let through, nothing more and nothing less. */
export function countsJust(
  { scope, subject }: Pick<Budget, "scope" | "subject">,
  filters: UsageFilters,
): boolean {
  const [filter, ...others] = usageFilterNames.flatMap((name) => {
    const values = filters[name];
    return values === undefined ? [] : [{ name, values }];
  });
  if (filter === undefined) return scope === "workspace";
  const [id, ...further] = filter.values;
  return others.length + further.length === 0 && scope === filter.name && id === subject?.id;
}
