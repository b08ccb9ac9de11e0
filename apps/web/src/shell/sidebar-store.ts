import { create } from "zustand";

const storageKey = "headcount.sidebar";

type SidebarStore = {
  /** Hidden on wide screens by choice. */
  readonly collapsed: boolean;
  /** Open as a drawer on narrow screens. */
  readonly drawerOpen: boolean;
};

/** Whether the navigation shows. */
export const sidebarStore = create<SidebarStore>(() => ({
  collapsed: localStorage.getItem(storageKey) === "collapsed",
  drawerOpen: false,
}));

/** Hides or shows the sidebar on wide screens, and remembers it. */
export function toggleSidebar(): void {
  const collapsed = !sidebarStore.getState().collapsed;
  localStorage.setItem(storageKey, collapsed ? "collapsed" : "shown");
  sidebarStore.setState({ collapsed });
}

/** Opens or closes the navigation drawer of narrow screens. */
export function setDrawerOpen(drawerOpen: boolean): void {
  sidebarStore.setState({ drawerOpen });
}
