import { mkdtemp, realpath, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

export interface TemporaryDirectory extends AsyncDisposable {
  /** Absolute, without symbolic links. */
  readonly path: string;
}

export type TemporaryDirectoryOptions = {
  /** Shown in the name of the directory, to tell whose it is. */
  readonly prefix?: string;
  /** Existing directory to make it in; the system's temporary directory by default. */
  readonly parent?: string;
};

/** Makes an empty directory that is removed, with all that is in it, when it is disposed. */
export async function temporaryDirectory(
  options: TemporaryDirectoryOptions = {},
): Promise<TemporaryDirectory> {
  const { prefix = "headcount-test", parent = tmpdir() } = options;
  const path = await realpath(await mkdtemp(join(parent, `${prefix}-`)));
  const remove = (): Promise<void> =>
    // A process that is just ending may still write into it while it is being removed.
    rm(path, { recursive: true, force: true, maxRetries: 5, retryDelay: 50 });
  return { path, [Symbol.asyncDispose]: remove };
}
