import { QueryClientProvider } from "@tanstack/react-query";
import { RouterProvider } from "@tanstack/react-router";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { loadBootstrap } from "./data/load-bootstrap.ts";
import { queryClient } from "./data/query-client.ts";
import { loadPageTexts, setLanguage, storedLanguage } from "./i18n/language-store.ts";
import { router } from "./routes.tsx";
import { afterFirstPaint, firstPageIsPainted } from "./ui/after-first-paint.ts";
import { AppProviders } from "./ui/app-providers.tsx";
import "./ui/app.css";

const root = document.getElementById("root");
if (root === null) throw new Error("index.html has no #root.");

/** Pages that need a session begin with a workspace's address. */
const issuesPath = /^\/[^/]+\/(issues|my)\/?$/;

// What the first page waits for is asked for at once instead of one after the other. A failure
// here is met again, and shown, where the value is needed.
if (issuesPath.test(location.pathname)) {
  loadBootstrap().catch(() => undefined);
  import("./issues/issues-page.tsx").catch(() => undefined);
}

await setLanguage(storedLanguage());

createRoot(root).render(
  <StrictMode>
    <AppProviders>
      <QueryClientProvider client={queryClient}>
        <RouterProvider router={router} />
      </QueryClientProvider>
    </AppProviders>
  </StrictMode>,
);

afterFirstPaint(loadPageTexts);

/** A page that never comes to rest must not keep the menus away for ever. */
const longestWaitMs = 3_000;

// Once the first page is drawn and has what it asked for, the rest of the app is fetched.
const stopListening = router.subscribe("onRendered", () => {
  stopListening();
  const cache = queryClient.getQueryCache();
  const whenAtRest = (): void => {
    if (queryClient.isFetching() > 0) return;
    stopWaiting();
    requestAnimationFrame(() => requestAnimationFrame(firstPageIsPainted));
  };
  const stopWaiting = cache.subscribe(whenAtRest);
  whenAtRest();
  setTimeout(firstPageIsPainted, longestWaitMs);
});
