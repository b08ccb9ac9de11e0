import { ListFilter } from "lucide-react";
import { useText } from "../../i18n/use-text.ts";
import { Button } from "../../ui/button.tsx";
import { FilterChips } from "../../ui/filter-chips.tsx";
import { FilterMenu } from "../../ui/filter-menu.tsx";
import type { UsageView } from "../usage-view.ts";
import { noFilters } from "./check-filters.ts";
import { useFilterGroups } from "./use-filter-groups.ts";

/** Narrows the page: a menu of everything that exists, and what is in force as chips. */
export function UsageFilters({ search, change }: Pick<UsageView, "search" | "change">) {
  const text = useText();
  const groups = useFilterGroups({ search, change });
  const clear = () => change(noFilters);
  return (
    <>
      <FilterMenu
        groups={groups}
        align="start"
        onClear={clear}
        trigger={
          <Button size="small" icon={<ListFilter size={14} />}>
            {text.common.filter}
          </Button>
        }
      />
      {groups.some(({ values }) => values.length > 0) && (
        <FilterChips groups={groups} onClear={clear} />
      )}
    </>
  );
}
