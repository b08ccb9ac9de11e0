import { createRoute, redirect } from "@tanstack/react-router";
import { IssueSearch } from "../issues/issue-search.ts";
import { IssuePageSearch } from "../issues/page/issue-page-search.ts";
import { lazyPage } from "../ui/lazy-page.tsx";
import { withTexts } from "./with-texts.ts";
import { workspace } from "./workspace-route.ts";

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
  component: lazyPage(() => import("../issues/issues-page.tsx"), "AllIssuesPage"),
});

const myIssues = createRoute({
  getParentRoute: () => workspace,
  path: "/my",
  validateSearch: IssueSearch,
  component: lazyPage(() => import("../issues/issues-page.tsx"), "MyIssuesPage"),
});

const issue = createRoute({
  getParentRoute: () => workspace,
  path: "/issues/$issueKey",
  validateSearch: IssuePageSearch,
  component: lazyPage(
    withTexts(() => import("../issues/page/issue-page.tsx")),
    "IssuePage",
  ),
});

/** Where the work is. */
export const issuePages = [workspaceHome, issuesRoute, myIssues, issue] as const;
