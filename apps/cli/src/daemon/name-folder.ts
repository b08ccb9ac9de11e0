import { type FolderSize, measureFolder } from "@headcount/daemon/machine/measure-folder";

export type NamedFolder = FolderSize & { readonly name: string; readonly path: string };

/** What a folder takes on the disk, under the name that people know it by. */
export async function nameFolder(name: string, path: string): Promise<NamedFolder> {
  return { name, path, ...(await measureFolder(path)) };
}
