import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  notFound,
  Outlet,
  redirect,
} from "@tanstack/react-router";
import { QueryError } from "./data/query-error.tsx";
import { loadBootstrap } from "./data/load-bootstrap.ts";
import { IssueSearch } from "./issues/issue-search.ts";
import { IssuePageSearch } from "./issues/page/issue-page-search.ts";
import { NotFoundPage } from "./shell/not-found-page.tsx";
import { WorkspaceRoute } from "./shell/workspace-route.tsx";
import { LoadingMark } from "./ui/loading-mark.tsx";
import { lastWorkspaceSlug } from "./workspaces/last-workspace.ts";

const root = createRootRoute({ component: Outlet, notFoundComponent: NotFoundPage });

/** Leads to the workspace that was open last, to the first steps, or to sign-in. */
const home = createRoute({
  getParentRoute: () => root,
  path: "/",
  beforeLoad: async () => {
    const bootstrap = await loadBootstrap();
    if (bootstrap === null) throw redirect({ href: "/login" });
    const last = lastWorkspaceSlug();
    const workspace =
      bootstrap.workspaces.find(({ slug }) => slug === last) ?? bootstrap.workspaces[0];
    if (workspace === undefined) throw redirect({ href: "/onboarding" });
    throw redirect({ to: "/$slug/issues", params: { slug: workspace.slug } });
  },
});

/** Every page of one workspace; `useWorkspace()` works below it. */
const workspace = createRoute({
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
});

const workspaceHome = createRoute({
  getParentRoute: () => workspace,
  path: "/",
  beforeLoad: ({ params }) => {
    throw redirect({ to: "/$slug/issues", params });
  },
});

const issuesRoute = createRoute({
  getParentRoute: () => workspace,
  path: "/issues",
  validateSearch: IssueSearch,
  component: lazyRouteComponent(() => import("./issues/issues-page.tsx"), "AllIssuesPage"),
});

const myIssues = createRoute({
  getParentRoute: () => workspace,
  path: "/my",
  validateSearch: IssueSearch,
  component: lazyRouteComponent(() => import("./issues/issues-page.tsx"), "MyIssuesPage"),
});

const issue = createRoute({
  getParentRoute: () => workspace,
  path: "/issues/$issueKey",
  validateSearch: IssuePageSearch,
  component: lazyRouteComponent(() => import("./issues/page/issue-page.tsx"), "IssuePage"),
});

/** The components on one page; only in development. */
const design = createRoute({
  getParentRoute: () => root,
  path: "/design",
  component: import.meta.env.DEV
    ? lazyRouteComponent(() => import("./design/gallery-page.tsx"), "GalleryPage")
    : NotFoundPage,
});

const workspacePages = workspace.addChildren([workspaceHome, issuesRoute, myIssues, issue]);

/** Every address of the app. */
export const router = createRouter({
  routeTree: root.addChildren([home, workspacePages, design]),
  defaultPreload: "intent",
  defaultPendingComponent: LoadingMark,
  defaultErrorComponent: ({ error, reset }) => <QueryError error={error} onRetry={reset} />,
  defaultNotFoundComponent: NotFoundPage,
});

declare module "@tanstack/react-router" {
  interface Register {
    router: typeof router;
  }
}
