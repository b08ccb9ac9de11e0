import { readdir, stat } from "node:fs/promises";
import { join } from "node:path";

export type ListedFile = {
  readonly path: string;
  /** Path below the folder that was listed, with `/` between. */
  readonly below: string;
  readonly sizeBytes: number;
  readonly modifiedAtMs: number;
};

/** Deeper folders are not looked into. */
const deepest = 8;

/** Files below a folder whose path matches; none when there is no such folder. Links to folders are not followed. */
export async function listFiles(folder: string, wanted: RegExp): Promise<readonly ListedFile[]> {
  const found: ListedFile[] = [];
  await walk({ folder, below: "", depth: 0, wanted, found });
  return found.toSorted((a, b) => a.path.localeCompare(b.path, "en"));
}

async function walk(at: {
  readonly folder: string;
  readonly below: string;
  readonly depth: number;
  readonly wanted: RegExp;
  readonly found: ListedFile[];
}): Promise<void> {
  const { folder, depth, wanted, found } = at;
  // A folder that is missing or not ours to read holds nothing for us.
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  for (const entry of entries) {
    const below = at.below === "" ? entry.name : `${at.below}/${entry.name}`;
    const path = join(folder, entry.name);
    if (entry.isDirectory()) {
      if (depth < deepest) await walk({ folder: path, below, depth: depth + 1, wanted, found });
      continue;
    }
    if (!wanted.test(below)) continue;
    const facts = await stat(path).catch(() => null);
    if (facts === null || !facts.isFile()) continue;
    found.push({ path, below, sizeBytes: facts.size, modifiedAtMs: facts.mtimeMs });
  }
}
