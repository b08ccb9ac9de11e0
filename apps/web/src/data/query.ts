import type { ApiError } from "@headcount/client/api-error";
import type { InputOf, OutputOf, Route } from "@headcount/contract/kit/route";
import { queryOptions } from "@tanstack/react-query";
import { api } from "./api.ts";
import { queryKey } from "./query-key.ts";

/**
 * A read of the contract for useQuery, useSuspenseQuery or ensureQueryData:
 * `useQuery(query(agents.list, { workspace: workspace.id }))`. Freshness comes from the feed.
 */
export function query<R extends Route>(route: R, input: InputOf<R>) {
  return queryOptions<OutputOf<R>, ApiError>({
    queryKey: queryKey(route, input),
    queryFn: ({ signal }) => api.call(route, input, { signal }),
  });
}
