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
import { loadPageTexts } from "./i18n/language-store.ts";
import { AgentPageSearch, AgentsSearch } from "./agents/agents-search.ts";
import { BudgetsSearch } from "./budgets/budgets-search.ts";
import { IssueSearch } from "./issues/issue-search.ts";
import { IssuePageSearch } from "./issues/page/issue-page-search.ts";
import { isUnfinished, OnboardingSearch } from "./onboarding/onboarding-steps.ts";
import { LiveSearch } from "./live/live-search.ts";
import { RuntimesSearch } from "./runtimes/runtimes-search.ts";
import { PersonalRoute } from "./settings/personal-route.tsx";
import { LoginSearch } from "./session/login-search.ts";
import { SkillPageSearch, SkillsSearch } from "./skills/skills-search.ts";
import { NotFoundPage } from "./shell/not-found-page.tsx";
import { WorkspaceRoute } from "./shell/workspace-route.tsx";
import { LoadingMark } from "./ui/loading-mark.tsx";
import { UsageSearch } from "./usage/usage-search.ts";
import { lastWorkspaceSlug } from "./workspaces/last-workspace.ts";

/** A page together with its texts. */
function withTexts<Module>(load: () => Promise<Module>): () => Promise<Module> {
  return async () => {
    const [module] = await Promise.all([load(), loadPageTexts()]);
    return module;
  };
}

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
    const { onboarding } = bootstrap.user;
    if (workspace === undefined || isUnfinished(onboarding, true)) {
      throw redirect({ href: "/onboarding" });
    }
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
  component: lazyRouteComponent(
    withTexts(() => import("./issues/page/issue-page.tsx")),
    "IssuePage",
  ),
});

const agents = createRoute({
  getParentRoute: () => workspace,
  path: "/agents",
  validateSearch: AgentsSearch,
  component: lazyRouteComponent(
    withTexts(() => import("./agents/agents-page.tsx")),
    "AgentsPage",
  ),
});

const agent = createRoute({
  getParentRoute: () => workspace,
  path: "/agents/$agentId",
  validateSearch: AgentPageSearch,
  component: lazyRouteComponent(
    withTexts(() => import("./agents/agent-page.tsx")),
    "AgentPage",
  ),
});

const skills = createRoute({
  getParentRoute: () => workspace,
  path: "/skills",
  validateSearch: SkillsSearch,
  component: lazyRouteComponent(
    withTexts(() => import("./skills/skills-page.tsx")),
    "SkillsPage",
  ),
});

const skill = createRoute({
  getParentRoute: () => workspace,
  path: "/skills/$skillId",
  validateSearch: SkillPageSearch,
  component: lazyRouteComponent(
    withTexts(() => import("./skills/skill-page.tsx")),
    "SkillPage",
  ),
});

const budgets = createRoute({
  getParentRoute: () => workspace,
  path: "/budgets",
  validateSearch: BudgetsSearch,
  component: lazyRouteComponent(
    withTexts(() => import("./budgets/budgets-page.tsx")),
    "BudgetsPage",
  ),
});

const runtimes = createRoute({
  getParentRoute: () => workspace,
  path: "/runtimes",
  validateSearch: RuntimesSearch,
  component: lazyRouteComponent(
    withTexts(() => import("./runtimes/runtimes-page.tsx")),
    "RuntimesPage",
  ),
});

const usage = createRoute({
  getParentRoute: () => workspace,
  path: "/usage",
  validateSearch: UsageSearch,
  component: lazyRouteComponent(
    withTexts(() => import("./usage/usage-page.tsx")),
    "UsagePage",
  ),
});

const live = createRoute({
  getParentRoute: () => workspace,
  path: "/live",
  validateSearch: LiveSearch,
  component: lazyRouteComponent(
    withTexts(() => import("./live/live-page.tsx")),
    "LivePage",
  ),
});

const members = createRoute({
  getParentRoute: () => workspace,
  path: "/members",
  component: lazyRouteComponent(
    withTexts(() => import("./members/members-page.tsx")),
    "MembersPage",
  ),
});

const settings = createRoute({
  getParentRoute: () => workspace,
  path: "/settings",
  component: lazyRouteComponent(
    withTexts(() => import("./settings/settings-page.tsx")),
    "SettingsPage",
  ),
});

const trash = createRoute({
  getParentRoute: () => workspace,
  path: "/trash",
  component: lazyRouteComponent(
    withTexts(() => import("./settings/trash-page.tsx")),
    "TrashPage",
  ),
});

const setup = createRoute({
  getParentRoute: () => root,
  path: "/setup",
  component: lazyRouteComponent(
    withTexts(() => import("./session/setup-page.tsx")),
    "SetupPage",
  ),
});

const login = createRoute({
  getParentRoute: () => root,
  path: "/login",
  validateSearch: LoginSearch,
  component: lazyRouteComponent(
    withTexts(() => import("./session/login-page.tsx")),
    "LoginPage",
  ),
});

const link = createRoute({
  getParentRoute: () => root,
  path: "/link",
  component: lazyRouteComponent(
    withTexts(() => import("./session/link-page.tsx")),
    "LinkPage",
  ),
});

const join = createRoute({
  getParentRoute: () => root,
  path: "/join/$code",
  beforeLoad: async () => ({ bootstrap: await loadBootstrap() }),
  component: lazyRouteComponent(
    withTexts(() => import("./session/join-page.tsx")),
    "JoinPage",
  ),
});

/** Pages of a person rather than of a workspace. */
const signedIn = createRoute({
  getParentRoute: () => root,
  id: "signed-in",
  beforeLoad: async ({ location }) => {
    const bootstrap = await loadBootstrap();
    if (bootstrap === null) {
      throw redirect({ href: `/login?to=${encodeURIComponent(location.href)}` });
    }
    return { bootstrap };
  },
});

const onboarding = createRoute({
  getParentRoute: () => signedIn,
  path: "/onboarding",
  validateSearch: OnboardingSearch,
  component: lazyRouteComponent(
    withTexts(() => import("./onboarding/onboarding-page.tsx")),
    "OnboardingPage",
  ),
});

const newWorkspace = createRoute({
  getParentRoute: () => signedIn,
  path: "/workspaces/new",
  component: lazyRouteComponent(
    withTexts(() => import("./workspaces/new-workspace-page.tsx")),
    "NewWorkspacePage",
  ),
});

/** The shell of the workspace that was open last, around pages that belong to none. */
const personal = createRoute({
  getParentRoute: () => signedIn,
  id: "personal",
  component: PersonalRoute,
});

const accountRoute = createRoute({
  getParentRoute: () => personal,
  path: "/settings/account",
  component: lazyRouteComponent(
    withTexts(() => import("./settings/account-page.tsx")),
    "AccountPage",
  ),
});

/** The components on one page; only in development. */
const design = createRoute({
  getParentRoute: () => root,
  path: "/design",
  component: import.meta.env.DEV
    ? lazyRouteComponent(
        withTexts(() => import("./design/gallery-page.tsx")),
        "GalleryPage",
      )
    : NotFoundPage,
});

const workspacePages = workspace.addChildren([
  workspaceHome,
  issuesRoute,
  myIssues,
  issue,
  agents,
  agent,
  skills,
  skill,
  runtimes,
  budgets,
  usage,
  live,
  members,
  settings,
  trash,
]);

const personPages = signedIn.addChildren([
  onboarding,
  newWorkspace,
  personal.addChildren([accountRoute]),
]);

/** Every address of the app. */
export const router = createRouter({
  routeTree: root.addChildren([
    home,
    workspacePages,
    setup,
    login,
    link,
    join,
    personPages,
    design,
  ]),
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
