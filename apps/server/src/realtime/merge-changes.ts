import type { ChangeItem } from "@headcount/contract/realtime/changes";

/**
 * Several changes of one kind to one entity become one: the last of them with the union of changed
 * fields. Order by sequence is kept, so applying the result ends in the same state.
 */
export function mergeChanges(items: readonly ChangeItem[]): ChangeItem[] {
  const merged = new Map<string, ChangeItem>();
  for (const item of items) {
    const key = `${item.type}|${item.entity.kind}|${item.entity.id}`;
    const earlier = merged.get(key);
    const changed = earlier ? [...new Set([...earlier.changed, ...item.changed])] : item.changed;
    merged.delete(key);
    merged.set(key, { ...item, changed });
  }
  return [...merged.values()];
}
