import { createRoute, redirect } from "@tanstack/react-router";
import { loadBootstrap } from "../data/load-bootstrap.ts";
import { isUnfinished } from "../onboarding/onboarding-steps.ts";
import { lastWorkspaceSlug } from "../workspaces/last-workspace.ts";
import { root } from "./root-route.ts";

/** Leads to the workspace that was open last, to the first steps, or to sign-in. */
export const home = createRoute({
  getParentRoute: () => root,
  path: "/",
  beforeLoad: async () => {
    const bootstrap = await loadBootstrap();
    if (bootstrap === null) throw redirect({ href: "/login" });
    const last = lastWorkspaceSlug();
    const workspace =
      bootstrap.workspaces.find(({ slug }) => slug === last) ?? bootstrap.workspaces[0];
    const { onboarding } = bootstrap.user;
    if (workspace === undefined || isUnfinished(onboarding, true)) {
      throw redirect({ href: "/onboarding" });
    }
    throw redirect({ to: "/$slug/issues", params: { slug: workspace.slug } });
  },
});
