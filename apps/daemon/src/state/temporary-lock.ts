import path from "node:path";

/** Lock of a daemon over the base of its runs' temporary folders. */
export function temporaryLockOf(base: string): string {
  return path.join(base, ".lock");
}
