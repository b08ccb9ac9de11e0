import { wholeDaysIn } from "@headcount/domain/usage/chart/previous-period";
import type { TimeRange } from "@headcount/domain/usage/query/cut-time";
import { dateIn } from "@headcount/domain/usage/query/local-time";
import type { UsageSearch } from "../usage-search.ts";

/**
 * An address that shows the same to everybody at any time: the period as it stands now, in the zone
 * of who shares it.
 */
export function sharedSearch(search: UsageSearch, tz: string, range: TimeRange): UsageSearch {
  const isWholeDays = wholeDaysIn(tz, range) !== null;
  return {
    ...search,
    days: undefined,
    tz,
    from: isWholeDays ? dateIn(tz, range.fromMs) : new Date(range.fromMs).toISOString(),
    to: isWholeDays ? dateIn(tz, range.toMs - 1) : new Date(range.toMs).toISOString(),
  };
}
