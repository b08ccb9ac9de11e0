import { ApiError } from "@headcount/client/api-error";
import type { OutputOf } from "@headcount/contract/kit/route";
import { bootstrap } from "@headcount/contract/users/bootstrap-route";
import { setServerClock } from "../ui/clock.ts";
import { query } from "./query.ts";
import { queryClient } from "./query-client.ts";
import { rememberCsrfToken } from "./session.ts";

export type Bootstrap = OutputOf<typeof bootstrap>;

export const bootstrapQuery = query(bootstrap, {});

/** Who is signed in and where they belong; null when nobody is. */
export async function loadBootstrap(): Promise<Bootstrap | null> {
  try {
    const loaded = await queryClient.ensureQueryData(bootstrapQuery);
    rememberCsrfToken(loaded.csrfToken);
    setServerClock(new Date(loaded.serverTime));
    return loaded;
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
