import { ApiError } from "@headcount/client/api-error";
import type { OutputOf } from "@headcount/contract/kit/route";
import { account } from "@headcount/contract/users/routes";
import { setServerClock } from "../ui/clock.ts";
import { query } from "./query.ts";
import { queryClient } from "./query-client.ts";
import { rememberCsrfToken } from "./session.ts";

export type Bootstrap = OutputOf<typeof account.bootstrap>;

export const bootstrapQuery = query(account.bootstrap, {});

/** Who is signed in and where they belong; null when nobody is. */
export async function loadBootstrap(): Promise<Bootstrap | null> {
  try {
    const bootstrap = await queryClient.ensureQueryData(bootstrapQuery);
    rememberCsrfToken(bootstrap.csrfToken);
    setServerClock(new Date(bootstrap.serverTime));
    return bootstrap;
  } catch (error) {
    if (error instanceof ApiError && error.code === "unauthenticated") return null;
    throw error;
  }
}

/**
 * After signing in, out, or joining a workspace: forget everything and ask again. The bootstrap's own
 * entry stays in the cache, since what is mounted would not hear of a new one.
 */
export async function reloadBootstrap(): Promise<Bootstrap | null> {
  queryClient.removeQueries({
    predicate: ({ queryKey }) => queryKey[0] !== bootstrapQuery.queryKey[0],
  });
  try {
    await queryClient.fetchQuery({ ...bootstrapQuery, staleTime: 0 });
  } catch (error) {
    queryClient.removeQueries({ queryKey: bootstrapQuery.queryKey });
    if (error instanceof ApiError && error.code === "unauthenticated") return null;
    throw error;
  }
  return loadBootstrap();
}
