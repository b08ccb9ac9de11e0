import { ListFilter } from "lucide-react";
import { useText } from "../i18n/use-text.ts";
import { IconButton } from "../ui/icon-button.tsx";
import { Menu, MenuItem, MenuSeparator, SubMenu } from "../ui/menu.tsx";
import type { FilterProps } from "./filter-bar.tsx";
import { hasFilters, type IssueFilters } from "./issue-search.ts";
import {
  useAssigneeChoices,
  usePriorityChoices,
  useProjectChoices,
  useStatusChoices,
} from "./pick/use-choices.tsx";
import { toggled } from "./toggled.ts";

/** Adds filters. */
export function FilterMenu({ filters, onChange }: FilterProps) {
  const text = useText();
  const statuses = useStatusChoices();
  const priorities = usePriorityChoices();
  const assignees = useAssigneeChoices();
  const projects = useProjectChoices();
  const trigger = (
    <IconButton label={text.common.filter}>
      <ListFilter className={hasFilters(filters) ? "text-accent-ink" : ""} />
    </IconButton>
  );
  return (
    <Menu trigger={trigger} align="end">
      <SubMenu label={text.issues.status}>
        {statuses.map((option) => (
          <MenuItem
            key={option.value}
            icon={option.icon}
            checked={filters.status?.includes(option.value) ?? false}
            onSelect={() => onChange({ ...filters, status: toggled(filters.status, option.value) })}
          >
            {option.label}
          </MenuItem>
        ))}
      </SubMenu>
      <SubMenu label={text.issues.priority}>
        {priorities.map((option) => (
          <MenuItem
            key={option.value}
            icon={option.icon}
            checked={filters.priority?.includes(option.value) ?? false}
            onSelect={() =>
              onChange({ ...filters, priority: toggled(filters.priority, option.value) })
            }
          >
            {option.label}
          </MenuItem>
        ))}
      </SubMenu>
      <SubMenu label={text.issues.assignee}>
        {assignees.options.map((option) => (
          <MenuItem
            key={option.value}
            icon={option.icon}
            checked={filters.assigneeId === option.value}
            onSelect={() => onChange({ ...filters, assigneeId: option.value })}
          >
            {option.label}
          </MenuItem>
        ))}
      </SubMenu>
      <SubMenu label={text.issues.project}>
        {projects.map((option) => (
          <MenuItem
            key={option.value}
            checked={filters.projectId === option.value}
            onSelect={() => onChange({ ...filters, projectId: option.value })}
          >
            {option.label}
          </MenuItem>
        ))}
      </SubMenu>
      <MenuItem onSelect={() => onChange({ ...filters, text: filters.text ?? "" })}>
        {text.common.search}
      </MenuItem>
      {hasFilters(filters) && (
        <>
          <MenuSeparator />
          <MenuItem onSelect={() => onChange(noFilters)}>{text.issues.clearFilters}</MenuItem>
        </>
      )}
    </Menu>
  );
}

const noFilters: IssueFilters = {
  status: undefined,
  priority: undefined,
  assigneeId: undefined,
  projectId: undefined,
  text: undefined,
};
