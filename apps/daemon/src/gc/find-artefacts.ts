import { readdir } from "node:fs/promises";
import path from "node:path";
import { git } from "../runs/git.ts";
import { removeTree } from "../state/remove-tree.ts";
import { collector, hourMs, type Garbage, type GarbageOptions } from "./garbage.ts";
import { isFree } from "./find-old-roots.ts";
import { tasksOf, type FoundRoot } from "./list-roots.ts";

const keptMs = 12 * hourMs;
/** What the tools that made them make again. */
const names: ReadonlySet<string> = new Set(["node_modules", ".next", ".turbo"]);
const deepest = 6;

/** Build artefacts in folders of ours that nobody has worked in for half a day. */
export async function findArtefacts(
  options: GarbageOptions,
  roots: readonly FoundRoot[],
): Promise<readonly Garbage[]> {
  const found: Garbage[] = [];
  for (const root of roots) {
    const { meta } = root;
    if (meta === null || !isFree(options, root)) continue;
    if (options.nowMs() - Date.parse(meta.endedAt) < keptMs) continue;
    // A person's folder, in which a run may have worked, is not below the root.
    for (const folder of ["workdir", "checkouts"]) {
      for (const place of await artefactsIn(path.join(root.root, folder), deepest)) {
        found.push({
          kind: "build_artefacts",
          path: place,
          reason: "not used for 12 hours",
          remove: () => removeUnlocked(options, root, place),
        });
      }
    }
  }
  return found;
}

async function artefactsIn(folder: string, depth: number): Promise<readonly string[]> {
  if (depth === 0) return [];
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  const found: string[] = [];
  for (const entry of entries) {
    if (!entry.isDirectory() || entry.name === ".git") continue;
    const place = path.join(folder, entry.name);
    if (!names.has(entry.name)) found.push(...(await artefactsIn(place, depth - 1)));
    else if (!(await isTracked(folder, entry.name))) found.push(place);
  }
  return found;
}

/** What belongs to the repository is no artefact, whatever its name. */
async function isTracked(folder: string, name: string): Promise<boolean> {
  const listed = await git(folder, ["ls-files", "--", name]).catch(() => "");
  return listed !== "";
}

/** Removes something in a root, unless a run has begun there. */
export async function removeUnlocked(
  options: GarbageOptions,
  root: FoundRoot,
  place: string,
): Promise<boolean> {
  if (tasksOf(root).some((taskId) => options.outbox.holdsTask(taskId))) return false;
  if (!options.locks.tryTake(root.root, collector)) return false;
  try {
    await removeTree(place);
    return true;
  } finally {
    options.locks.release(root.root);
  }
}
