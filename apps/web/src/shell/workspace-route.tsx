import { getRouteApi } from "@tanstack/react-router";
import { WorkspaceProvider } from "../workspaces/workspace-context.tsx";
import { WorkspaceLayout } from "./workspace-layout.tsx";

const route = getRouteApi("/$slug");

/** Hands the workspace of the address to its pages. */
export function WorkspaceRoute() {
  const { workspace } = route.useRouteContext();
  return (
    <WorkspaceProvider value={workspace}>
      <WorkspaceLayout key={workspace.id} />
    </WorkspaceProvider>
  );
}
