import { QueryClientProvider } from "@tanstack/react-query";
import { RouterProvider } from "@tanstack/react-router";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { loadBootstrap } from "./data/load-bootstrap.ts";
import { queryClient } from "./data/query-client.ts";
import { setLanguage, storedLanguage } from "./i18n/language-store.ts";
import { router } from "./routes.tsx";
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
