import { createRoute } from "@tanstack/react-router";
import { NotFoundPage } from "../shell/not-found-page.tsx";
import { root } from "./root-route.ts";
import { lazyPage } from "../ui/lazy-page.tsx";
import { withTexts } from "./with-texts.ts";

/** The components on one page; only in development. */
export const design = createRoute({
  getParentRoute: () => root,
  path: "/design",
  component: import.meta.env.DEV
    ? lazyPage(
        withTexts(() => import("../design/gallery-page.tsx")),
        "GalleryPage",
      )
    : NotFoundPage,
});
