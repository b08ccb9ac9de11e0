import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";

const FILE_NAME = "installed.json";

/** Written last into an installation: without it the folder does not count. */
export type InstallRecord = {
  readonly packageName: string;
  /** The version that npm installed. */
  readonly version: string;
  /** What the CLI itself printed for `--version`. */
  readonly versionLine: string;
  /** Relative to the folder of the installation. */
  readonly executable: string;
};

/** The record of a complete installation; undefined where there is none. */
export async function readInstallRecord(folder: string): Promise<InstallRecord | undefined> {
  const text = await readFile(join(folder, FILE_NAME), "utf8").catch(() => undefined);
  return text === undefined ? undefined : (JSON.parse(text) as InstallRecord);
}

export async function writeInstallRecord(folder: string, record: InstallRecord): Promise<void> {
  await writeFile(join(folder, FILE_NAME), `${JSON.stringify(record, null, 2)}\n`);
}
