import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { withTexts } from "./with-texts.ts";
import { workspace } from "./workspace-route.ts";

const settings = createRoute({
  getParentRoute: () => workspace,
  path: "/settings",
  component: lazyRouteComponent(
    withTexts(() => import("../settings/settings-page.tsx")),
    "SettingsPage",
  ),
});

const trash = createRoute({
  getParentRoute: () => workspace,
  path: "/trash",
  component: lazyRouteComponent(
    withTexts(() => import("../settings/trash-page.tsx")),
    "TrashPage",
  ),
});

/** Settings of a workspace, and what was deleted in it. */
export const upkeepPages = [settings, trash] as const;
