import type { ChangeItem } from "@headcount/contract/realtime/changes";
import { hashKey, partialMatchKey, type QueryClient } from "@tanstack/react-query";
import type { QueryKey } from "../data/query-key.ts";
import { isKnownChange, staleKeysOf } from "./stale.ts";

/** Marks every read stale that the changes touch; only those on screen load again. */
export function applyChanges(
  client: QueryClient,
  workspaceId: string,
  items: readonly ChangeItem[],
): void {
  if (!items.every(isKnownChange)) {
    invalidateWorkspace(client, workspaceId);
    return;
  }
  const keys = new Map<string, QueryKey>();
  for (const item of items) {
    // every() has narrowed the list as a whole; the element type is that of the list.
    if (!isKnownChange(item)) continue;
    for (const key of staleKeysOf(item, workspaceId)) keys.set(hashKey(key), key);
  }
  const stale = [...keys.values()];
  void client.invalidateQueries({
    predicate: (query) => stale.some((key) => partialMatchKey(query.queryKey, key)),
    refetchType: "active",
  });
}

/** After a gap, or a change of a newer server: reload what is on screen in this workspace, nothing else. */
export function invalidateWorkspace(client: QueryClient, workspaceId: string): void {
  void client.invalidateQueries({
    predicate: (query) => query.queryKey[1] === workspaceId,
    refetchType: "active",
  });
}
