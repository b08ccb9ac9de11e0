import { Link } from "@tanstack/react-router";
import { useQuery } from "@tanstack/react-query";
import { Check, ChevronsUpDown, Plus } from "lucide-react";
import { bootstrapQuery } from "../data/load-bootstrap.ts";
import { useText } from "../i18n/use-text.ts";
import { Menu, MenuItem, MenuLabel, MenuSeparator } from "../ui/menu.tsx";
import { TallyMark } from "../ui/tally-mark.tsx";
import { useWorkspace } from "./workspace-context.tsx";

const rowLook = "flex w-full items-center gap-2";

/** Names the open workspace and leads to the others. */
export function WorkspaceSwitcher() {
  const text = useText();
  const workspace = useWorkspace();
  const bootstrap = useQuery(bootstrapQuery);
  const trigger = (
    <button
      type="button"
      aria-label={text.shell.workspaceMenu({ name: workspace.name })}
      className="inset-focus flex h-8 min-w-0 items-center gap-2 rounded-control px-2 hover:bg-hover data-[state=open]:bg-hover"
    >
      <TallyMark size={18} className="shrink-0" />
      <span className="truncate font-semibold">{workspace.name}</span>
      <ChevronsUpDown size={12} className="shrink-0 text-faint" />
    </button>
  );
  return (
    <Menu trigger={trigger} className="w-56">
      <MenuLabel>{text.shell.switchWorkspace}</MenuLabel>
      {bootstrap.data?.workspaces.map((other) => (
        <MenuItem key={other.id} asChild>
          <Link to="/$slug/issues" params={{ slug: other.slug }} className={rowLook}>
            <span className="grow truncate">{other.name}</span>
            <span className="text-11 text-faint">{other.issuePrefix}</span>
            {other.id === workspace.id && <Check size={14} />}
          </Link>
        </MenuItem>
      ))}
      <MenuSeparator />
      <MenuItem asChild>
        <a href="/workspaces/new" className={rowLook}>
          <Plus />
          {text.shell.createWorkspace}
        </a>
      </MenuItem>
    </Menu>
  );
}
