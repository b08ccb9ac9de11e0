import { spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import {
  closeSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import path from "node:path";
import { text } from "node:stream/consumers";

import { diskFull } from "./describe-file-error.ts";
import type { ClusterPaths } from "./cluster-paths.ts";
import { EmbeddedPostgresError } from "./embedded-postgres-error.ts";
import { commandFor, giveToOwner, type LaunchMethod } from "./launch-method.ts";
import type { Durability } from "./server-settings.ts";

/**
 * Makes a new cluster with a random password. It is built beside its place and moved there when it is whole and on
 * the disk, so that a cluster that exists is a good one and what an interrupted start left is thrown away.
 *
 * @throws EmbeddedPostgresError `disk_full`, `initialisation_failed`
 */
export async function createCluster(
  paths: ClusterPaths,
  method: LaunchMethod,
  durability: Durability,
): Promise<void> {
  removeDrafts(paths);
  // A name of its own: the initdb of a killed start may still be writing to the folder it was given.
  const draft = path.join(paths.root, `${draftPrefix}${randomBytes(6).toString("hex")}`);
  mkdirSync(draft, { mode: 0o700 });
  const password = randomBytes(24).toString("base64url");
  writeFileSync(paths.password, password, { mode: 0o600, flush: true });
  const passwordForInitdb = path.join(paths.root, "password.draft");
  writeFileSync(passwordForInitdb, password, { mode: 0o600 });
  giveToOwner(method, draft);
  giveToOwner(method, passwordForInitdb);
  try {
    await runInitdb(paths, method, ["-D", draft, ...newCluster, `--pwfile=${passwordForInitdb}`]);
    if (durability === "safe") await runInitdb(paths, method, ["-D", draft, "--sync-only"]);
  } catch (error) {
    removeDrafts(paths);
    throw error;
  } finally {
    rmSync(passwordForInitdb, { force: true });
  }
  renameSync(draft, paths.cluster);
  if (durability === "safe") syncDirectory(paths.root);
}

const draftPrefix = "cluster.draft-";

function removeDrafts(paths: ClusterPaths): void {
  for (const name of readdirSync(paths.root)) {
    if (!name.startsWith(draftPrefix)) continue;
    rmSync(path.join(paths.root, name), { recursive: true, force: true, maxRetries: 5 });
  }
}

const newCluster = [
  "--username=postgres",
  "--auth=scram-sha-256",
  "--encoding=UTF8",
  "--locale=C",
  "--locale-provider=builtin",
  "--builtin-locale=C.UTF-8",
  "--data-checksums",
  "--no-sync",
  "--no-instructions",
];

async function runInitdb(
  paths: ClusterPaths,
  method: LaunchMethod,
  initdbArguments: readonly string[],
): Promise<void> {
  const command = commandFor(method, "initdb", initdbArguments);
  const child = spawn(command.file, command.arguments, {
    ...method.spawnOptions,
    cwd: paths.root,
    stdio: ["ignore", "ignore", "pipe"],
  });
  const exited = new Promise<number | null>((resolve, reject) => {
    child.once("error", reject);
    child.once("exit", resolve);
  });
  const [exitCode, output] = await Promise.all([exited, child.stderr ? text(child.stderr) : ""]);
  if (exitCode === 0) return;
  if (output.includes("No space left on device")) throw diskFull(paths.root);
  throw new EmbeddedPostgresError("initialisation_failed", {
    message: `The database could not be initialised: ${firstError(output)}.`,
    nextStep: "Check the data directory and its disk, then start again.",
  });
}

function firstError(output: string): string {
  const line = output.split("\n").find((candidate) => /error|fatal/i.test(candidate));
  return (line ?? output.trim().split("\n").at(-1) ?? "").replace(/^initdb: (error: )?/, "");
}

function syncDirectory(directory: string): void {
  if (process.platform === "win32") return;
  const fd = openSync(directory, "r");
  try {
    fsyncSync(fd);
  } finally {
    closeSync(fd);
  }
}
