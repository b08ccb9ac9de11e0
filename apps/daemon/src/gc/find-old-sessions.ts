import { readdir } from "node:fs/promises";
import path from "node:path";
import { dayMs, type Garbage, type GarbageOptions } from "./garbage.ts";
import { removeUnlocked } from "./find-artefacts.ts";
import { isFree } from "./find-old-roots.ts";
import type { FoundRoot } from "./list-roots.ts";

const keptMs = 14 * dayMs;

/**
 * Private homes of CLIs, with the sessions in them, of runs that ended two weeks ago. Sessions that
 * a CLI keeps in the home of the person are theirs.
 */
export async function findOldSessions(
  options: GarbageOptions,
  roots: readonly FoundRoot[],
): Promise<readonly Garbage[]> {
  const found: Garbage[] = [];
  for (const root of roots) {
    if (root.meta === null || !isFree(options, root)) continue;
    if (options.nowMs() - Date.parse(root.meta.endedAt) < keptMs) continue;
    const home = path.join(root.root, "home");
    if ((await readdir(home).catch(() => [])).length === 0) continue;
    found.push({
      kind: "cli_sessions",
      path: home,
      reason: "not continued for 14 days",
      remove: () => removeUnlocked(options, root, home),
    });
  }
  return found;
}
