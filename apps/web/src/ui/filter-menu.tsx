import { ListFilter } from "lucide-react";
import type { ReactNode } from "react";
import { useText } from "../i18n/use-text.ts";
import { IconButton } from "./icon-button.tsx";
import { Menu, MenuItem, MenuSeparator, SubMenu } from "./menu.tsx";

export type FilterOption = {
  readonly value: string;
  readonly label: string;
  readonly icon?: ReactNode;
};

/** One thing to narrow by, with all its values. */
export type FilterGroup = {
  readonly id: string;
  readonly label: string;
  readonly options: readonly FilterOption[];
  /** Those that are on. */
  readonly values: readonly string[];
  readonly toggle: (value: string) => void;
};

type FilterMenuProps = {
  readonly groups: readonly FilterGroup[];
  readonly onClear: () => void;
  /** A filter is in force that is no group's. */
  readonly isTyped?: boolean;
  /** The button that opens it; an icon unless stated. */
  readonly trigger?: ReactNode;
  readonly align?: "start" | "end";
  /** Further rows below the groups. */
  readonly children?: ReactNode;
};

/** Filters of a page, two levels deep, by mouse and by keys: arrows, letters, Enter. It stays open while values are ticked. */
export function FilterMenu({
  groups,
  onClear,
  isTyped = false,
  trigger,
  align = "end",
  children,
}: FilterMenuProps) {
  const text = useText();
  const isActive = isTyped || groups.some(({ values }) => values.length > 0);
  return (
    <Menu
      align={align}
      trigger={
        trigger ?? (
          <IconButton label={text.common.filter}>
            <ListFilter className={isActive ? "text-accent-ink" : ""} />
          </IconButton>
        )
      }
    >
      {groups.map((group) => (
        <SubMenu key={group.id} label={group.label}>
          {group.options.map((option) => (
            <MenuItem
              key={option.value}
              icon={option.icon}
              checked={group.values.includes(option.value)}
              onSelect={() => group.toggle(option.value)}
            >
              {option.label}
            </MenuItem>
          ))}
        </SubMenu>
      ))}
      {children}
      {isActive && (
        <>
          <MenuSeparator />
          <MenuItem onSelect={onClear}>{text.common.clearFilters}</MenuItem>
        </>
      )}
    </Menu>
  );
}
