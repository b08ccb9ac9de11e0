import { PanelLeft } from "lucide-react";
import { useText } from "../i18n/use-text.ts";
import { IconButton } from "../ui/icon-button.tsx";
import { setDrawerOpen, sidebarStore, toggleSidebar } from "./sidebar-store.ts";

/** Opens the navigation where it is not already on screen. */
export function NavigationButton() {
  const text = useText();
  const collapsed = sidebarStore((state) => state.collapsed);
  return (
    <>
      <IconButton
        label={text.shell.openNavigation}
        className="tablet:hidden"
        onClick={() => setDrawerOpen(true)}
      >
        <PanelLeft />
      </IconButton>
      {collapsed && (
        <IconButton
          label={text.shell.toggleSidebar}
          shortcut={["mod", "B"]}
          className="max-tablet:hidden"
          onClick={toggleSidebar}
        >
          <PanelLeft />
        </IconButton>
      )}
    </>
  );
}
