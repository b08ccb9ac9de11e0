import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  Outlet,
} from "@tanstack/react-router";
import { NotFoundPage } from "./shell/not-found-page.tsx";
import { LoadingMark } from "./ui/loading-mark.tsx";

const root = createRootRoute({ component: Outlet, notFoundComponent: NotFoundPage });

const design = createRoute({
  getParentRoute: () => root,
  path: "/design",
  component: lazyRouteComponent(() => import("./design/gallery-page.tsx"), "GalleryPage"),
});

/** Every address of the app. */
export const router = createRouter({
  routeTree: root.addChildren(import.meta.env.DEV ? [design] : []),
  defaultPreload: "intent",
  defaultPendingComponent: LoadingMark,
  scrollRestoration: true,
});

declare module "@tanstack/react-router" {
  interface Register {
    router: typeof router;
  }
}
