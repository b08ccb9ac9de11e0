import { toggled } from "../../issues/toggled.ts";
import { useText } from "../../i18n/use-text.ts";
import type { FilterGroup } from "../../ui/filter-menu.tsx";
import { usageFilterNames } from "../usage-search.ts";
import type { UsageView } from "../usage-view.ts";
import { useFilterChoices } from "./use-filter-choices.tsx";

/** The filters of the page as menus and chips show them. */
export function useFilterGroups({
  search,
  change,
}: Pick<UsageView, "search" | "change">): readonly FilterGroup[] {
  const text = useText();
  const choices = useFilterChoices();
  return usageFilterNames.map((name) => ({
    id: name,
    label: text.usage.dashboard.filters[name],
    options: choices[name] ?? [],
    values: search[name] ?? [],
    toggle: (value) => change({ [name]: toggled(search[name], value) }),
  }));
}
