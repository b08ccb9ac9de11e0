import { escapeListValue } from "@headcount/contract/usage/query-words";
import { usageFilterNames, type UsageFilters, type UsageSearch } from "./usage-search.ts";
import type { UsageQuestion } from "./usage-view.ts";

export const defaultDays = 30;

type Asked = { readonly workspace: string; readonly tz: string };

/** What an address asks of the books. A range goes before a number of days. */
export function toQuestion(
  { workspace, tz }: Asked,
  { days, from, to }: Pick<UsageSearch, "days" | "from" | "to">,
  filters: UsageFilters,
): UsageQuestion {
  const range = from === undefined ? { days: days ?? defaultDays } : { from, ...(to && { to }) };
  const wanted = usageFilterNames.flatMap((name) => {
    const values = filters[name];
    return values === undefined ? [] : [[name, values.map(escapeListValue).join(",")] as const];
  });
  return { workspace, tz, ...range, ...Object.fromEntries(wanted) };
}

/** The same things over another range. */
export function withRange(
  question: UsageQuestion,
  range: { readonly from: string; readonly to: string },
): UsageQuestion {
  const { days: _days, from: _from, to: _to, ...rest } = question;
  return { ...rest, ...range };
}
