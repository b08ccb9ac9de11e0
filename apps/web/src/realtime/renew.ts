import type { Query, QueryClient } from "@tanstack/react-query";

/** Reads under way whose answer may be from before a change. */
const overtaken = new WeakSet<Query>();

/**
 * Marks reads stale; only those on screen load again. What is under way is never cut short, since
 * under steady change no answer would ever arrive: it is asked once more when it has been answered.
 */
export function renew(client: QueryClient, isStale: (query: Query) => boolean): void {
  const underWay = client.getQueryCache().findAll({ predicate: isStale, fetchStatus: "fetching" });
  for (const query of underWay) renewOnceAnswered(client, query);
  void client.invalidateQueries(
    { predicate: isStale, refetchType: "active" },
    { cancelRefetch: false },
  );
}

function renewOnceAnswered(client: QueryClient, query: Query): void {
  if (overtaken.has(query)) return;
  overtaken.add(query);
  const again = (): void => {
    overtaken.delete(query);
    renew(client, (one) => one === query);
  };
  // An answer that failed, or was no longer wanted, is as old as any other.
  query.promise?.then(again, again);
}
