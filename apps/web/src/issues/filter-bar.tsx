import { X } from "lucide-react";
import { useEffect, useState } from "react";
import { useText } from "../i18n/use-text.ts";
import { FilterChips } from "../ui/filter-chips.tsx";
import { Input } from "../ui/input.tsx";
import { useDebounced } from "../ui/use-debounced.ts";
import { hasFilters } from "./issue-search.ts";
import { type FilterProps, useFilterGroups } from "./use-filter-groups.ts";

/** The filters in force as chips that can be taken away. */
export function FilterBar({ filters, onChange }: FilterProps) {
  const groups = useFilterGroups({ filters, onChange });
  if (!hasFilters(filters)) return null;
  return (
    <div className="flex shrink-0 flex-wrap items-center gap-1.5 border-b border-line px-4 py-2">
      <FilterChips groups={groups} onClear={() => onChange({})}>
        {filters.text !== undefined && (
          <TextFilter
            value={filters.text}
            onChange={(next) => onChange({ ...filters, text: next })}
          />
        )}
      </FilterChips>
    </div>
  );
}

const typingRestMs = 250;

type TextFilterProps = {
  readonly value: string;
  readonly onChange: (value: string | undefined) => void;
};

function TextFilter({ value, onChange }: TextFilterProps) {
  const text = useText();
  const [typed, setTyped] = useState(value);
  const settled = useDebounced(typed, typingRestMs);
  useEffect(() => {
    if (settled !== value) onChange(settled);
    // Only what was typed changes the address; the address changing otherwise does not type.
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- see above
  }, [settled]);
  return (
    <span className="relative w-64 max-w-full">
      <Input
        // oxlint-disable-next-line jsx-a11y/no-autofocus -- choosing this filter means typing into it
        autoFocus={value === ""}
        aria-label={text.issues.filterText}
        placeholder={text.issues.filterText}
        value={typed}
        maxLength={200}
        onChange={(event) => setTyped(event.target.value)}
        className="pe-7"
      />
      <button
        type="button"
        aria-label={text.common.clear}
        className="absolute inset-y-0 end-1 grid w-6 place-items-center text-faint hover:text-ink"
        onClick={() => onChange(undefined)}
      >
        <X size={14} />
      </button>
    </span>
  );
}
