import { foldName } from "./fold-name.ts";

/**
 * Two paths that cannot both stand in one folder everywhere: they differ in case or spelling only,
 * or one is a file where the other needs a folder. Null when there are none.
 */
export function findPathClash(paths: readonly string[]): readonly [string, string] | null {
  const files = new Map<string, string>();
  for (const path of paths) {
    const other = files.get(foldName(path));
    if (other !== undefined) return [other, path];
    files.set(foldName(path), path);
  }
  for (const path of paths) {
    const parts = foldName(path).split("/");
    for (let depth = 1; depth < parts.length; depth += 1) {
      const file = files.get(parts.slice(0, depth).join("/"));
      if (file !== undefined) return [file, path];
    }
  }
  return null;
}
