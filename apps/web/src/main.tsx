import { RouterProvider } from "@tanstack/react-router";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { setLanguage, storedLanguage } from "./i18n/language-store.ts";
import { router } from "./routes.tsx";
import { QueryClientProvider } from "@tanstack/react-query";
import { queryClient } from "./data/query-client.ts";
import { AppProviders } from "./ui/app-providers.tsx";
import "./ui/app.css";

const root = document.getElementById("root");
if (root === null) throw new Error("index.html has no #root.");

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
