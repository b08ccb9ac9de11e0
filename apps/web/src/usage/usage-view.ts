import type { UsageQueryReply } from "@headcount/contract/usage/query-schemas";
import type { UsageDrill, UsageFilterName, UsageSearch } from "./usage-search.ts";

/**
 * Period, zone and filters of the page, checked against what exists, as they go into `usage.query`
 * beside metrics and groupings. It changes only when the person changes something, never with time.
 */
export type UsageQuestion = {
  readonly workspace: string;
  readonly tz: string;
  readonly days?: number;
  readonly from?: string;
  readonly to?: string;
} & { readonly [Name in UsageFilterName]?: string };

/** What every part of the usage page is drawn from, and how it changes the address. */
export type UsageView = {
  readonly search: UsageSearch;
  readonly question: UsageQuestion;
  /** What the period used, for shares and totals; undefined while it loads. */
  readonly totals: UsageQueryReply["totals"] | undefined;
  readonly change: (changes: Partial<UsageSearch>) => void;
  /** The same as a step that Back takes back. */
  readonly step: (changes: Partial<UsageSearch>) => void;
  /** Opens the tasks behind something: `lists/tasks-behind.tsx`. */
  readonly drill: (drill: UsageDrill | undefined) => void;
};
