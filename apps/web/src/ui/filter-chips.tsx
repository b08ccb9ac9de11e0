import type { ReactNode } from "react";
import { useText } from "../i18n/use-text.ts";
import { Button } from "./button.tsx";
import { Chip } from "./chip.tsx";
import type { FilterGroup } from "./filter-menu.tsx";

type FilterChipsProps = {
  readonly groups: readonly FilterGroup[];
  readonly onClear: () => void;
  /** Before the chips: a field to type into. */
  readonly children?: ReactNode;
};

/** The filters in force as chips that can be taken away, each and all. */
export function FilterChips({ groups, onClear, children }: FilterChipsProps) {
  const text = useText();
  return (
    <>
      {children}
      {groups.flatMap(({ id, label: name, options, values, toggle }) =>
        values.map((value) => {
          const label = options.find((option) => option.value === value)?.label ?? "…";
          return (
            <Chip
              key={`${id} ${value}`}
              removeLabel={text.common.removeFilter({ name, value: label })}
              onRemove={() => toggle(value)}
            >
              {text.common.filteredBy({ name, value: label })}
            </Chip>
          );
        }),
      )}
      <Button variant="quiet" size="small" onClick={onClear}>
        {text.common.clearFilters}
      </Button>
    </>
  );
}
