import { ApiError } from "@headcount/client/api-error";
import { QueryClient } from "@tanstack/react-query";

const gcMs = 10 * 60_000;
const retries = 2;

/** The one cache. The feed says what is stale, so nothing refetches by age or focus. */
export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      // A request that cannot leave fails, and says so, instead of waiting without a word.
      networkMode: "always",
      staleTime: Number.POSITIVE_INFINITY,
      gcTime: gcMs,
      refetchOnWindowFocus: false,
      refetchOnReconnect: false,
      retry: (failures, error) => failures < retries && isWorthRetrying(error),
    },
    mutations: { networkMode: "always", retry: false },
  },
});

function isWorthRetrying(error: unknown): boolean {
  return error instanceof ApiError && (error.code === "unavailable" || error.code === "internal");
}
