import type { DaemonId } from "@headcount/contract/kit/ids";
import {
  type DirectoryMode,
  DirectoryPath,
  type ProjectDirectory,
} from "@headcount/contract/projects/directory";
import { normalFolder, specialFolder } from "@headcount/domain/projects/special-folder";

/** A local directory as it stands in the form. */
export type DirectoryDraft = {
  readonly id: string;
  readonly daemonId: DaemonId | null;
  readonly path: string;
  readonly mode: DirectoryMode;
  /** Set for a directory of somebody else's machine, which is shown and not changed. */
  readonly of: Pick<ProjectDirectory, "machineName" | "owner"> | null;
};

/** Whether nothing stands in the way of sending it. */
export function isDirectoryValid({ daemonId, path, of }: DirectoryDraft): boolean {
  if (of !== null) return true;
  if (daemonId === null || !DirectoryPath.safeParse(path.trim()).success) return false;
  return specialFolder(normalFolder(path.trim())) === null;
}

export type DirectoryStep =
  | {
      readonly kind: "set";
      readonly daemonId: DaemonId;
      readonly path: string;
      readonly mode: DirectoryMode;
    }
  | { readonly kind: "remove"; readonly daemonId: DaemonId };

/** What has to be done so that a project has the directories of the form. */
export function directorySteps(
  before: readonly ProjectDirectory[],
  drafts: readonly DirectoryDraft[],
): readonly DirectoryStep[] {
  const kept = new Set(drafts.map(({ daemonId }) => daemonId));
  const removed = before
    .filter(({ daemonId }) => !kept.has(daemonId))
    .map(({ daemonId }): DirectoryStep => ({ kind: "remove", daemonId }));
  const set = drafts.flatMap(({ daemonId, path: written, mode, of }): DirectoryStep[] => {
    const path = written.trim();
    if (daemonId === null || of !== null || path === "") return [];
    const known = before.find((directory) => directory.daemonId === daemonId);
    if (known?.path === path && known.mode === mode) return [];
    return [{ kind: "set", daemonId, path, mode }];
  });
  return [...removed, ...set];
}
