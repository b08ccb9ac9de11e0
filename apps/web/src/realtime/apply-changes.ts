import type { ChangeItem } from "@headcount/contract/realtime/changes";
import { hashKey, partialMatchKey, type QueryClient } from "@tanstack/react-query";
import type { QueryKey } from "../data/query-key.ts";
import { renew } from "./renew.ts";
import { isKnownChange, isRenaming, staleKeysOf } from "./stale.ts";

/** Renews every read that the changes touch; where one of them is of a newer server, all of the workspace. */
export function applyChanges(
  client: QueryClient,
  workspaceId: string,
  items: readonly ChangeItem[],
): void {
  const known = items.filter(isKnownChange);
  const keys = new Map<string, QueryKey>();
  for (const change of known) {
    for (const key of staleKeysOf(change, workspaceId)) keys.set(hashKey(key), key);
  }
  const stale = [...keys.values()];
  const touchesAll = known.length < items.length || known.some(isRenaming);
  renew(
    client,
    ({ queryKey }) =>
      (touchesAll && queryKey[1] === workspaceId) ||
      stale.some((key) => partialMatchKey(queryKey, key)),
  );
}

/** After a gap: renews every read of this workspace, and nothing else. */
export function renewWorkspace(client: QueryClient, workspaceId: string): void {
  renew(client, ({ queryKey }) => queryKey[1] === workspaceId);
}
