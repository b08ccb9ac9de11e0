import type { FilterOption } from "../../ui/filter-menu.tsx";
import type { UsageFilterName } from "../usage-search.ts";

/** Everything that exists to filter by; null while it is being read. */
export type FilterChoices = {
  readonly [Name in UsageFilterName]: readonly FilterOption[] | null;
};
