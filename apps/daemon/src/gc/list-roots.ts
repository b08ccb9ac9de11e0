import { readdir, stat } from "node:fs/promises";
import path from "node:path";
import { isThere } from "../state/is-there.ts";
import {
  metaFileOf,
  ownerFileOf,
  readMeta,
  readOwner,
  type DirectoryMeta,
  type DirectoryOwner,
} from "../runs/run-directories.ts";

/** A folder of one (agent, issue) as it is found on the disk. */
export type FoundRoot = {
  readonly root: string;
  readonly workspaceId: string;
  /** What the last run said when it left; null while it has not. */
  readonly meta: DirectoryMeta | null;
  /** Null for a folder that was hardly begun. */
  readonly owner: DirectoryOwner | null;
  /** When something was last put into it or taken out. */
  readonly touchedAtMs: number;
};

const workspaceName = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const rootName = /^[0-9a-f]{12}$/;

/**
 * Every folder below the work root that is one of ours. One whose own files do not say clearly what
 * it is (empty ids, another workspace, damaged) is none of them: nobody can say that it may go.
 */
export async function listRoots(workRoot: string): Promise<readonly FoundRoot[]> {
  const found: FoundRoot[] = [];
  for (const workspaceId of await foldersIn(workRoot, workspaceName)) {
    for (const name of await foldersIn(path.join(workRoot, workspaceId), rootName)) {
      const one = await lookAt(path.join(workRoot, workspaceId, name), workspaceId);
      if (one !== null) found.push(one);
    }
  }
  return found;
}

async function lookAt(root: string, workspaceId: string): Promise<FoundRoot | null> {
  const meta = await readMeta(root);
  const owner = await readOwner(root);
  if (meta === null && (await isThere(metaFileOf(root)))) return null;
  if (owner === null && (await isThere(ownerFileOf(root)))) return null;
  const workspaces = [meta?.workspaceId, owner?.workspaceId];
  if (workspaces.some((id) => id !== undefined && id !== workspaceId)) return null;
  return { root, workspaceId, meta, owner, touchedAtMs: await touchedAt(root) };
}

/** Real folders only: a link could lead to something that is not ours. */
async function foldersIn(directory: string, wanted: RegExp): Promise<readonly string[]> {
  const entries = await readdir(directory, { withFileTypes: true }).catch(() => []);
  return entries
    .filter((entry) => entry.isDirectory() && wanted.test(entry.name))
    .map((entry) => entry.name);
}

async function touchedAt(root: string): Promise<number> {
  const names = await readdir(root).catch(() => []);
  const places = [root, ...names.map((name) => path.join(root, name))];
  const times = await Promise.all(
    places.map((place) =>
      stat(place).then(
        ({ mtimeMs }) => mtimeMs,
        () => 0,
      ),
    ),
  );
  return Math.max(...times);
}

/** Tasks that have left something in the folder. */
export function tasksOf({ meta, owner }: FoundRoot): readonly string[] {
  const ids = [meta?.lastTaskId, meta?.taskId, owner?.taskId];
  return ids.filter((id) => id !== undefined);
}
