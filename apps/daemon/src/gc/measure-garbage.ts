import type { CollectableItem } from "../control/control-protocol.ts";
import { measureFolder } from "../machine/measure-folder.ts";
import { findGarbage } from "./find-garbage.ts";
import type { GarbageOptions } from "./garbage.ts";

/** What the next collection would remove, and how much room that makes. */
export async function measureGarbage(options: GarbageOptions): Promise<CollectableItem[]> {
  const items: CollectableItem[] = [];
  for (const { kind, path, reason } of await findGarbage(options)) {
    items.push({ kind, path, reason, ...(await measureFolder(path)) });
  }
  return items;
}
