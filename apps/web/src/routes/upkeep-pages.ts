import { createRoute } from "@tanstack/react-router";
import { lazyPage } from "../ui/lazy-page.tsx";
import { withTexts } from "./with-texts.ts";
import { workspace } from "./workspace-route.ts";

const settings = createRoute({
  getParentRoute: () => workspace,
  path: "/settings",
  component: lazyPage(
    withTexts(() => import("../settings/settings-page.tsx")),
    "SettingsPage",
  ),
});

const trash = createRoute({
  getParentRoute: () => workspace,
  path: "/trash",
  component: lazyPage(
    withTexts(() => import("../settings/trash-page.tsx")),
    "TrashPage",
  ),
});

/** Settings of a workspace, and what was deleted in it. */
export const upkeepPages = [settings, trash] as const;
