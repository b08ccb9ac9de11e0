import { Outlet } from "@tanstack/react-router";
import { Suspense, useEffect } from "react";
import { createDialogStore } from "../issues/create/create-dialog-store.ts";
import { startDialogStore } from "../issues/start/start-dialog-store.ts";
import { pickerStore } from "../issues/pick/picker-store.ts";
import { useWorkspaceFeed } from "../realtime/use-workspace-feed.ts";
import { lazyOverlay } from "../ui/lazy-overlay.tsx";
import { afterFirstPaint } from "../ui/after-first-paint.ts";
import { rememberWorkspace } from "../workspaces/last-workspace.ts";
import { useWorkspace } from "../workspaces/workspace-context.tsx";
import { AppFrame } from "./app-frame.tsx";
import { Sidebar } from "./sidebar.tsx";
import { VersionBanner } from "./version-banner.tsx";
import { usePaletteSearch } from "./use-palette-search.ts";
import { useWorkspaceCommands } from "./use-workspace-commands.ts";

const CreateDialog = lazyOverlay(
  async () => (await import("../issues/create/create-dialog.tsx")).CreateDialog,
);
const IssuePicker = lazyOverlay(
  async () => (await import("../issues/pick/issue-picker.tsx")).IssuePicker,
);

const StartDialog = lazyOverlay(
  async () => (await import("../issues/start/start-dialog.tsx")).StartDialog,
);

afterFirstPaint(() => import("../issues/create/create-dialog.tsx"));
afterFirstPaint(() => import("../issues/pick/issue-picker.tsx"));
afterFirstPaint(() => import("../issues/start/start-dialog.tsx"));

/** Everything around a workspace's pages: feed, navigation, commands and the dialogs they open. */
export function WorkspaceLayout() {
  const workspace = useWorkspace();
  useWorkspaceFeed(workspace.id, workspace.cursor);
  useWorkspaceCommands();
  usePaletteSearch();
  useEffect(() => rememberWorkspace(workspace.slug), [workspace.slug]);
  const creating = createDialogStore((state) => state.open);
  const picking = pickerStore((state) => state.picking !== null);
  const starting = startDialogStore((state) => state.asked !== null);
  return (
    <AppFrame sidebar={<Sidebar />}>
      <VersionBanner />
      <Outlet />
      <Suspense>
        {creating && <CreateDialog />}
        {picking && <IssuePicker />}
        {starting && <StartDialog />}
      </Suspense>
    </AppFrame>
  );
}
