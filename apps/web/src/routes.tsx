import { createRouter } from "@tanstack/react-router";
import { QueryError } from "./data/query-error.tsx";
import { design } from "./routes/design-route.ts";
import { home } from "./routes/home-route.ts";
import { issuePages } from "./routes/issue-pages.ts";
import { ledgerPages } from "./routes/ledger-pages.ts";
import { personPages } from "./routes/person-pages.ts";
import { root } from "./routes/root-route.ts";
import { sessionPages } from "./routes/session-pages.ts";
import { staffPages } from "./routes/staff-pages.ts";
import { upkeepPages } from "./routes/upkeep-pages.ts";
import { workspace } from "./routes/workspace-route.ts";
import { NotFoundPage } from "./shell/not-found-page.tsx";
import { LoadingMark } from "./ui/loading-mark.tsx";

const workspacePages = workspace.addChildren([
  ...issuePages,
  ...staffPages,
  ...ledgerPages,
  ...upkeepPages,
]);

/** Every address of the app. */
export const router = createRouter({
  routeTree: root.addChildren([home, workspacePages, ...sessionPages, personPages, design]),
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
