import { CircleDollarSign, Columns3 } from "lucide-react";
import { useText } from "../../i18n/use-text.ts";
import { CategoryIcon, statusCategories } from "../../ui/category-icon.tsx";
import { IconButton } from "../../ui/icon-button.tsx";
import { Menu, MenuItem, MenuLabel } from "../../ui/menu.tsx";
import { columnStore, hideColumn, showColumn, toggleCosts } from "./column-store.ts";

/** Which columns the board shows, and whether with what they cost. */
export function ColumnMenu() {
  const text = useText();
  const costs = columnStore((state) => state.costs);
  const hidden = columnStore((state) => state.hidden);
  return (
    <Menu
      align="end"
      trigger={
        <IconButton label={text.issues.columns} className="max-tablet:hidden">
          <Columns3 />
        </IconButton>
      }
    >
      <MenuLabel>{text.issues.columns}</MenuLabel>
      {statusCategories.map((status) => (
        <MenuItem
          key={status}
          icon={<CategoryIcon category={status} decorative />}
          checked={!hidden.has(status)}
          onSelect={() => (hidden.has(status) ? showColumn(status) : hideColumn(status))}
        >
          {text.states.category[status]}
        </MenuItem>
      ))}
      <MenuItem icon={<CircleDollarSign />} checked={costs} onSelect={toggleCosts}>
        {text.issues.costs}
      </MenuItem>
    </Menu>
  );
}
