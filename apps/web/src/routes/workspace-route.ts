import { createRoute, notFound, redirect } from "@tanstack/react-router";
import { loadBootstrap } from "../data/load-bootstrap.ts";
import { WorkspaceNotFoundPage } from "../shell/workspace-not-found-page.tsx";
import { WorkspaceRoute } from "../shell/workspace-route.tsx";
import { root } from "./root-route.ts";

/** Every page of one workspace; `useWorkspace()` works below it. */
export const workspace = createRoute({
  getParentRoute: () => root,
  path: "/$slug",
  beforeLoad: async ({ params, location }) => {
    const bootstrap = await loadBootstrap();
    if (bootstrap === null) {
      throw redirect({ href: `/login?to=${encodeURIComponent(location.href)}` });
    }
    const open = bootstrap.workspaces.find(({ slug }) => slug === params.slug);
    if (open === undefined) throw notFound();
    return { workspace: { ...open, user: bootstrap.user } };
  },
  component: WorkspaceRoute,
  notFoundComponent: WorkspaceNotFoundPage,
});
