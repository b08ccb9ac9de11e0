import { makeClient, type ApiClient } from "@headcount/client/make-client";
import { currentCsrfToken } from "./session.ts";

/** The API of the server that handed out this page. */
export const api: ApiClient = makeClient({
  baseUrl: location.origin,
  csrfToken: currentCsrfToken,
  clientName: "web",
});
