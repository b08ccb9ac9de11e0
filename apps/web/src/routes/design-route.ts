import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { NotFoundPage } from "../shell/not-found-page.tsx";
import { root } from "./root-route.ts";
import { withTexts } from "./with-texts.ts";

/** The components on one page; only in development. */
export const design = createRoute({
  getParentRoute: () => root,
  path: "/design",
  component: import.meta.env.DEV
    ? lazyRouteComponent(
        withTexts(() => import("../design/gallery-page.tsx")),
        "GalleryPage",
      )
    : NotFoundPage,
});
