import { lstat, readdir, rmdir } from "node:fs/promises";
import path from "node:path";
import { userInfo } from "node:os";
import { acquireDirectoryLock } from "@headcount/embedded-postgres/directory-lock";
import { DirectoryLockedError } from "@headcount/embedded-postgres/directory-locked-error";
import { removeTree } from "../state/remove-tree.ts";
import { temporaryLockOf } from "../state/temporary-lock.ts";
import { isThere } from "../state/is-there.ts";
import { hourMs, type Garbage, type GarbageOptions } from "./garbage.ts";

const baseName = /^hc-[0-9a-f]{12}$/;
const keptMs = hourMs;

/**
 * Temporary folders of runs that are over, and those of other daemons of this user that are dead:
 * the lock in them is the kernel's, and free once its holder has ended.
 */
export async function findDeadTemporary(options: GarbageOptions): Promise<readonly Garbage[]> {
  const own = await readdir(options.temporary, { withFileTypes: true }).catch(() => []);
  const lock = path.basename(temporaryLockOf(options.temporary));
  const dead = own
    .filter((entry) => entry.isDirectory() && entry.name !== lock)
    .filter((entry) => !options.temporaryInUse().includes(entry.name))
    .map((entry) => ({
      kind: "temporary" as const,
      path: path.join(options.temporary, entry.name),
      reason: "its run is over",
      async remove() {
        if (options.temporaryInUse().includes(entry.name)) return false;
        await removeTree(this.path);
        return true;
      },
    }));
  return [...dead, ...(await foreignBases(options))];
}

async function foreignBases(options: GarbageOptions): Promise<readonly Garbage[]> {
  const { temporary } = options;
  const shared = path.dirname(temporary);
  const found: Garbage[] = [];
  for (const name of await readdir(shared).catch(() => [])) {
    const base = path.join(shared, name);
    if (!baseName.test(name) || base === temporary) continue;
    if (await isForgotten(options, base)) found.push(emptyBase(options, base));
    if (!(await ifDead(options, base, () => Promise.resolve()))) continue;
    found.push({
      kind: "temporary",
      path: base,
      reason: "its daemon has ended",
      remove: () => ifDead(options, base, () => removeTree(base)),
    });
  }
  return found;
}

function emptyBase(options: GarbageOptions, base: string): Garbage {
  return {
    kind: "temporary",
    path: base,
    reason: "nothing is in it",
    async remove() {
      if (!(await isForgotten(options, base))) return false;
      // Removes nothing but an empty folder, should a daemon begin to use it just now.
      await rmdir(base);
      return true;
    },
  };
}

/** Whether nobody has put anything into a folder for long, not even a lock. */
async function isForgotten({ nowMs }: GarbageOptions, base: string): Promise<boolean> {
  const changedAtMs = await ownedSince(base);
  if (changedAtMs === null || nowMs() - changedAtMs < keptMs) return false;
  const names = await readdir(base).catch(() => null);
  return names?.length === 0;
}

/** When a folder of this user was changed last; null for anything else. */
async function ownedSince(base: string): Promise<number | null> {
  const stats = await lstat(base).catch(() => null);
  return stats?.isDirectory() && stats.uid === userInfo().uid ? stats.mtimeMs : null;
}

/**
 * Does something with the folders of a daemon that has ended, while nobody else can take its lock.
 * One that was touched lately may just be starting.
 *
 * @returns false, and nothing is done, when the daemon may live
 */
async function ifDead(
  { nowMs }: GarbageOptions,
  base: string,
  act: () => Promise<void>,
): Promise<boolean> {
  const changedAtMs = await ownedSince(base);
  if (changedAtMs === null || nowMs() - changedAtMs < keptMs) return false;
  if (!(await isThere(temporaryLockOf(base)))) return false;
  try {
    using _lock = await acquireDirectoryLock(temporaryLockOf(base), { role: "Headcount daemon" });
    await act();
    return true;
  } catch (error) {
    if (error instanceof DirectoryLockedError) return false;
    throw error;
  }
}
