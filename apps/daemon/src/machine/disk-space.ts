import { mkdir, statfs } from "node:fs/promises";

/**
 * Why this machine takes no work: `disk_full` when less than `minimumFreeBytes` is left where runs
 * and records are written, `disk_error` when that cannot be told, else null.
 */
export async function diskProblem(
  directories: readonly string[],
  minimumFreeBytes: number,
): Promise<"disk_full" | "disk_error" | null> {
  try {
    for (const directory of directories) {
      await mkdir(directory, { recursive: true, mode: 0o700 });
      const { bavail, bsize } = await statfs(directory);
      if (bavail * bsize < minimumFreeBytes) return "disk_full";
    }
    return null;
  } catch {
    return "disk_error";
  }
}
