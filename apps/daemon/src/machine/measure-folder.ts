import { lstat, readdir } from "node:fs/promises";
import path from "node:path";

export type FolderSize = { readonly bytes: number; readonly files: number };

/** Adds up the files below a folder; links are not followed, what vanishes meanwhile is left out. */
export async function measureFolder(folder: string): Promise<FolderSize> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(
    (error: NodeJS.ErrnoException) => {
      if (error.code === "ENOENT") return [];
      throw error;
    },
  );
  let bytes = 0;
  let files = 0;
  for (const entry of entries) {
    if (entry.isDirectory()) continue;
    const stats = await lstat(path.join(entry.parentPath, entry.name)).catch(() => null);
    if (!stats) continue;
    bytes += stats.size;
    files += 1;
  }
  return { bytes, files };
}
