import { useText } from "../i18n/use-text.ts";
import type { FilterGroup } from "../ui/filter-menu.tsx";
import type { IssueFilters } from "./issue-search.ts";
import {
  useAssigneeChoices,
  usePriorityChoices,
  useProjectChoices,
  useStatusChoices,
} from "./pick/use-choices.tsx";
import { toggled } from "./toggled.ts";

export type FilterProps = {
  readonly filters: IssueFilters;
  readonly onChange: (filters: IssueFilters) => void;
};

/** What issues can be narrowed by, and what they are. */
export function useFilterGroups({ filters, onChange }: FilterProps): readonly FilterGroup[] {
  const text = useText();
  const statuses = useStatusChoices();
  const priorities = usePriorityChoices();
  const assignees = useAssigneeChoices();
  const projects = useProjectChoices();
  const only = (present: string | undefined, value: string) =>
    present === value ? undefined : value;
  return [
    {
      id: "status",
      label: text.issues.status,
      options: statuses,
      values: filters.status ?? [],
      toggle: (value) => {
        const status = statuses.find((option) => option.value === value)?.value;
        if (status === undefined) return;
        onChange({ ...filters, status: toggled(filters.status, status) });
      },
    },
    {
      id: "priority",
      label: text.issues.priority,
      options: priorities,
      values: filters.priority ?? [],
      toggle: (value) => {
        const priority = priorities.find((option) => option.value === value)?.value;
        if (priority === undefined) return;
        onChange({ ...filters, priority: toggled(filters.priority, priority) });
      },
    },
    {
      id: "assignee",
      label: text.issues.assignee,
      options: assignees.options,
      values: filters.assigneeId === undefined ? [] : [filters.assigneeId],
      toggle: (value) => onChange({ ...filters, assigneeId: only(filters.assigneeId, value) }),
    },
    {
      id: "project",
      label: text.issues.project,
      options: projects,
      values: filters.projectId === undefined ? [] : [filters.projectId],
      toggle: (value) => onChange({ ...filters, projectId: only(filters.projectId, value) }),
    },
  ];
}
