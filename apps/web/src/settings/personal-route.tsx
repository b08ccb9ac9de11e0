import { useQuery } from "@tanstack/react-query";
import { Outlet } from "@tanstack/react-router";
import { bootstrapQuery } from "../data/load-bootstrap.ts";
import { WorkspaceLayout } from "../shell/workspace-layout.tsx";
import { lastWorkspaceSlug } from "../workspaces/last-workspace.ts";
import { WorkspaceProvider } from "../workspaces/workspace-context.tsx";

/** Puts a personal page into the shell of the workspace that was open last; plain where there is none. */
export function PersonalRoute() {
  const bootstrap = useQuery(bootstrapQuery);
  if (bootstrap.data === undefined) return null;
  const { workspaces, user } = bootstrap.data;
  const last = lastWorkspaceSlug();
  const workspace = workspaces.find(({ slug }) => slug === last) ?? workspaces[0];
  if (workspace === undefined) {
    return (
      <div className="flex h-full flex-col">
        <Outlet />
      </div>
    );
  }
  return (
    <WorkspaceProvider value={{ ...workspace, user }}>
      <WorkspaceLayout key={workspace.id} />
    </WorkspaceProvider>
  );
}
