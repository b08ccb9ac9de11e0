import { useEffect, useState } from "react";
import { checkFilters, type CheckedFilters } from "./filters/check-filters.ts";
import { useFilterChoices } from "./filters/use-filter-choices.tsx";
import type { UsageFilters, UsageSearch } from "./usage-search.ts";

type CheckedSearch = {
  /** Null while it is not known yet what exists. */
  readonly filters: UsageFilters | null;
  /** What was taken out of the address since the page was opened; the notice tells it. */
  readonly dropped: CheckedFilters["dropped"];
  readonly forget: () => void;
};

const nothing: CheckedFilters["dropped"] = [];

/** Takes out of the address what does not exist any more, and remembers what that was. */
export function useCheckedSearch(
  search: UsageSearch,
  replace: (filters: UsageFilters) => void,
): CheckedSearch {
  const choices = useFilterChoices();
  const { filters, dropped } = checkFilters(search, choices);
  const [told, setTold] = useState(nothing);
  const found = JSON.stringify(dropped);
  useEffect(() => {
    if (filters === null || dropped.length === 0) return;
    setTold(dropped);
    replace(filters);
    // What is dropped decides; the filters and the way to replace them are made anew by each render.
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- see above
  }, [found]);
  return { filters, dropped: told, forget: () => setTold(nothing) };
}
