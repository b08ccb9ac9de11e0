import { X } from "lucide-react";
import { useEffect, useState } from "react";
import { useText } from "../i18n/use-text.ts";
import { Button } from "../ui/button.tsx";
import { Chip } from "../ui/chip.tsx";
import { Input } from "../ui/input.tsx";
import { useDebounced } from "../ui/use-debounced.ts";
import { hasFilters, type IssueFilters } from "./issue-search.ts";
import { useAssigneeChoices, useProjectChoices } from "./pick/use-choices.tsx";
import { toggled } from "./toggled.ts";

export type FilterProps = {
  readonly filters: IssueFilters;
  readonly onChange: (filters: IssueFilters) => void;
};

/** The filters in force as chips that can be taken away. */
export function FilterBar({ filters, onChange }: FilterProps) {
  const text = useText();
  const assignees = useAssigneeChoices();
  const projects = useProjectChoices();
  if (!hasFilters(filters)) return null;
  const labelOf = (
    options: readonly { readonly value: string; readonly label: string }[],
    value: string,
  ) => options.find((option) => option.value === value)?.label ?? "…";
  const chip = (name: string, value: string, without: IssueFilters) => (
    <Chip key={`${name}${value}`} onRemove={() => onChange(without)}>
      {text.issues.filteredBy({ name, value })}
    </Chip>
  );
  return (
    <div className="flex shrink-0 flex-wrap items-center gap-1.5 border-b border-line px-4 py-2">
      {filters.text !== undefined && (
        <TextFilter
          value={filters.text}
          onChange={(next) => onChange({ ...filters, text: next })}
        />
      )}
      {filters.status?.map((status) =>
        chip(text.issues.status, text.states.category[status], {
          ...filters,
          status: toggled(filters.status, status),
        }),
      )}
      {filters.priority?.map((priority) =>
        chip(text.issues.priority, text.states.priority[priority], {
          ...filters,
          priority: toggled(filters.priority, priority),
        }),
      )}
      {filters.assigneeId !== undefined &&
        chip(text.issues.assignee, labelOf(assignees.options, filters.assigneeId), {
          ...filters,
          assigneeId: undefined,
        })}
      {filters.projectId !== undefined &&
        chip(text.issues.project, labelOf(projects, filters.projectId), {
          ...filters,
          projectId: undefined,
        })}
      <Button variant="quiet" size="small" onClick={() => onChange({})}>
        {text.issues.clearFilters}
      </Button>
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
