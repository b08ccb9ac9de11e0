import { createRoute, redirect } from "@tanstack/react-router";
import { loadBootstrap } from "../data/load-bootstrap.ts";
import { OnboardingSearch } from "../onboarding/onboarding-steps.ts";
import { PersonalRoute } from "../settings/personal-route.tsx";
import { root } from "./root-route.ts";
import { lazyPage } from "../ui/lazy-page.tsx";
import { withTexts } from "./with-texts.ts";

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
  component: lazyPage(
    withTexts(() => import("../onboarding/onboarding-page.tsx")),
    "OnboardingPage",
  ),
});

const newWorkspace = createRoute({
  getParentRoute: () => signedIn,
  path: "/workspaces/new",
  component: lazyPage(
    withTexts(() => import("../workspaces/new-workspace-page.tsx")),
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
  component: lazyPage(
    withTexts(() => import("../settings/account-page.tsx")),
    "AccountPage",
  ),
});

/** Pages of a person rather than of a workspace, whoever is signed in. */
export const personPages = signedIn.addChildren([
  onboarding,
  newWorkspace,
  personal.addChildren([accountRoute]),
]);
