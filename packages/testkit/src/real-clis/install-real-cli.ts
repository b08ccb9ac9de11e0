import { mkdir, readdir } from "node:fs/promises";
import { dirname, join } from "node:path";
import { agentCliCache } from "./agent-cli-cache.ts";
import { withInstallLock } from "./install-lock.ts";
import { type InstallRecord, readInstallRecord } from "./install-record.ts";
import { installFolder, installVersion } from "./install-version.ts";
import { compareVersions, newestVersions } from "./newest-versions.ts";
import { REAL_CLIS, type RealCli, type RealCliName } from "./real-cli.ts";

const FALLBACK_VERSIONS = 3;

export type InstalledCli = {
  /** Absolute path of the program to start. */
  readonly executable: string;
  readonly version: string;
  /** Folder of a Node that the program needs first on PATH; absent when it runs by itself. */
  readonly nodePath?: string;
};

export type InstallResult = InstalledCli | { readonly unavailable: string };

export type InstallOptions = {
  /** Folder to install in; see `agentCliCache` for the default. */
  readonly cache?: string;
  /** Package and version to install instead of the recorded ones. */
  readonly cli?: RealCli;
};

/**
 * Gives a real agent CLI, installed from npm on first use and kept for the next. Takes the recorded
 * version; when that cannot be had, one that is already there; then the newest that installs. Safe
 * to call from several processes at once.
 *
 * A package that cannot be had is a result with the reason in one line, not an error.
 */
export async function installRealCli(
  name: RealCliName,
  options: InstallOptions = {},
): Promise<InstallResult> {
  const { cache = agentCliCache(), cli = REAL_CLIS[name] } = options;
  const { version } = cli;
  const record = await readInstallRecord(installFolder({ cache, name, version }));
  if (record !== undefined) {
    return installed(installFolder({ cache, name, version }), record, cli);
  }
  await mkdir(cache, { recursive: true });
  return withInstallLock(join(cache, `${name}.lock`), () => installBest(name, cli, cache));
}

async function installBest(name: RealCliName, cli: RealCli, cache: string): Promise<InstallResult> {
  // Another process may have installed it while this one waited for the lock.
  const folder = installFolder({ cache, name, version: cli.version });
  const record = await readInstallRecord(folder);
  if (record !== undefined) return installed(folder, record, cli);

  const wanted = await installVersion({ name, cli, version: cli.version, cache });
  if ("record" in wanted) return installed(wanted.folder, wanted.record, cli);
  const other = await newestInCache(name, cli, cache);
  if (other !== undefined) return other;
  for (const version of await newestVersions(cli.packageName, FALLBACK_VERSIONS, cache)) {
    if (version === cli.version) continue;
    const outcome = await installVersion({ name, cli, version, cache });
    if ("record" in outcome) return installed(outcome.folder, outcome.record, cli);
  }
  const reason = wanted.failure.replaceAll(/\s+/g, " ");
  return { unavailable: `${cli.packageName}@${cli.version} cannot be installed: ${reason}` };
}

async function newestInCache(
  name: RealCliName,
  cli: RealCli,
  cache: string,
): Promise<InstalledCli | undefined> {
  const prefix = `${name}@`;
  const versions = (await readdir(cache))
    .filter((entry) => entry.startsWith(prefix))
    .map((entry) => entry.slice(prefix.length))
    .toSorted(compareVersions)
    .toReversed();
  for (const version of versions) {
    const folder = installFolder({ cache, name, version });
    const record = await readInstallRecord(folder);
    if (record !== undefined) return installed(folder, record, cli);
  }
  return undefined;
}

function installed(folder: string, record: InstallRecord, cli: RealCli): InstalledCli {
  const executable = join(folder, record.executable);
  const { version } = record;
  if (cli.executable === "native") return { executable, version };
  return { executable, version, nodePath: dirname(process.execPath) };
}
