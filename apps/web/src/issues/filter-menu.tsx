import { useText } from "../i18n/use-text.ts";
import { FilterMenu as Filters } from "../ui/filter-menu.tsx";
import { MenuItem } from "../ui/menu.tsx";
import type { IssueFilters } from "./issue-search.ts";
import { type FilterProps, useFilterGroups } from "./use-filter-groups.ts";

/** Adds filters. */
export function FilterMenu({ filters, onChange }: FilterProps) {
  const text = useText();
  const groups = useFilterGroups({ filters, onChange });
  return (
    <Filters
      groups={groups}
      isTyped={filters.text !== undefined}
      onClear={() => onChange(noFilters)}
    >
      <MenuItem onSelect={() => onChange({ ...filters, text: filters.text ?? "" })}>
        {text.common.search}
      </MenuItem>
    </Filters>
  );
}

const noFilters: IssueFilters = {
  status: undefined,
  priority: undefined,
  assigneeId: undefined,
  projectId: undefined,
  text: undefined,
};
