import { messageOf } from "../log.ts";
import { findGarbage } from "./find-garbage.ts";
import type { GarbageOptions } from "./garbage.ts";

/**
 * Removes what nobody needs any more. Each thing is looked at once more before it goes, and one
 * that cannot be removed keeps no other.
 *
 * @returns how many things went
 * @throws ApiError when the server does not answer
 */
export async function collectGarbage(options: GarbageOptions): Promise<number> {
  const { log } = options;
  let removed = 0;
  for (const garbage of await findGarbage(options)) {
    const { kind, path, reason } = garbage;
    try {
      if (!(await garbage.remove())) continue;
      removed += 1;
      log("info", "removed what is not needed any more", { kind, path, reason });
    } catch (error) {
      log("warn", "something could not be removed", { kind, path, error: messageOf(error) });
    }
  }
  return removed;
}
