import { createRoute } from "@tanstack/react-router";
import { loadBootstrap } from "../data/load-bootstrap.ts";
import { LoginSearch } from "../session/login-search.ts";
import { root } from "./root-route.ts";
import { lazyPage } from "../ui/lazy-page.tsx";
import { withTexts } from "./with-texts.ts";

const setup = createRoute({
  getParentRoute: () => root,
  path: "/setup",
  component: lazyPage(
    withTexts(() => import("../session/setup-page.tsx")),
    "SetupPage",
  ),
});

const login = createRoute({
  getParentRoute: () => root,
  path: "/login",
  validateSearch: LoginSearch,
  component: lazyPage(
    withTexts(() => import("../session/login-page.tsx")),
    "LoginPage",
  ),
});

const link = createRoute({
  getParentRoute: () => root,
  path: "/link",
  component: lazyPage(
    withTexts(() => import("../session/link-page.tsx")),
    "LinkPage",
  ),
});

const join = createRoute({
  getParentRoute: () => root,
  path: "/join/$code",
  beforeLoad: async () => ({ bootstrap: await loadBootstrap() }),
  component: lazyPage(
    withTexts(() => import("../session/join-page.tsx")),
    "JoinPage",
  ),
});

/** For whoever is not signed in yet. */
export const sessionPages = [setup, login, link, join] as const;
