import { spawnSync, type SpawnOptions } from "node:child_process";
import { chmodSync, chownSync, existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import path from "node:path";

import { EmbeddedPostgresError } from "./embedded-postgres-error.ts";
import { copyNativeBinaries, type NativeBinaries } from "./native-binaries.ts";

/** How PostgreSQL's programs are run: as the present user, or from root as somebody who is not root. */
export type LaunchMethod = {
  readonly launchedAs: string;
  readonly binaries: NativeBinaries;
  readonly prefix: readonly string[];
  readonly spawnOptions: SpawnOptions;
  /** Who must own the files of the cluster, where the present user may give files away. */
  readonly owner: { readonly uid: number; readonly gid: number } | undefined;
};

const namespaceArguments = ["--user", "--map-user=1000", "--map-group=1000"];

/** Where a copy of the programs is put when root has to start them as another user who cannot see the checkout. */
const sharedBinaries = "/var/lib/headcount";

/**
 * PostgreSQL refuses to run as root (it checks for user id 0). From root, a user namespace shows it another id while
 * the files stay root's; where namespaces are forbidden, as in most containers, an unprivileged system user runs it.
 *
 * @throws EmbeddedPostgresError `no_unprivileged_user`
 */
export function chooseLaunchMethod(binaries: NativeBinaries, directory: string): LaunchMethod {
  if (process.getuid?.() !== 0) {
    const spawnOptions = {};
    return { launchedAs: "this user", binaries, prefix: [], spawnOptions, owner: undefined };
  }
  if (hasUserNamespaces()) {
    return {
      launchedAs: "root in a user namespace",
      binaries,
      prefix: ["unshare", ...namespaceArguments],
      spawnOptions: {},
      owner: { uid: 0, gid: 0 },
    };
  }
  return asSystemUser(binaries, directory);
}

/** The program and arguments to hand to `spawn` for one of PostgreSQL's programs. */
export function commandFor(
  method: LaunchMethod,
  program: "initdb" | "postgres",
  programArguments: readonly string[],
): { readonly file: string; readonly arguments: string[] } {
  const suffix = process.platform === "win32" ? ".exe" : "";
  const binary = path.join(method.binaries.directory, "bin", program + suffix);
  const [file, ...rest] = [...method.prefix, binary, ...programArguments];
  return { file: file ?? binary, arguments: rest };
}

/** Gives `directory` and everything below it to the user that will run the cluster; does nothing when it is so already. */
export function giveToOwner(method: LaunchMethod, directory: string): void {
  const { owner } = method;
  const present = statSync(directory);
  if (!owner || present.uid === owner.uid) return;
  const names = present.isDirectory()
    ? readdirSync(directory, { recursive: true, encoding: "utf8" })
    : [];
  for (const name of names) {
    chownSync(path.join(directory, name), owner.uid, owner.gid);
  }
  // The folder itself comes last: an interrupted change is seen by its owner and done again.
  chownSync(directory, owner.uid, owner.gid);
}

function hasUserNamespaces(): boolean {
  if (process.env["HEADCOUNT_POSTGRES_NO_USER_NAMESPACE"] === "1") return false;
  const attempt = spawnSync("unshare", [...namespaceArguments, "true"], { stdio: "ignore" });
  return attempt.status === 0;
}

function asSystemUser(binaries: NativeBinaries, directory: string): LaunchMethod {
  const user = findSystemUser();
  const reachable = isReachable(binaries.directory, user.uid);
  const launch = {
    launchedAs: `the system user ${user.name}`,
    binaries: reachable ? binaries : copyNativeBinaries(binaries, sharedBinaries),
    owner: { uid: user.uid, gid: user.gid },
  };
  // What lies in it keeps its own modes; this only lets that user walk through.
  chmodSync(directory, 0o711);
  if (isReachable(directory, user.uid)) {
    return { ...launch, prefix: [], spawnOptions: { uid: user.uid, gid: user.gid } };
  }
  // A directory below /root (mode 0700): the one right to look past the modes on the way lets that user in.
  const prefix = [
    "setpriv",
    `--reuid=${user.uid}`,
    `--regid=${user.gid}`,
    "--clear-groups",
    "--inh-caps=+dac_override",
    "--ambient-caps=+dac_override",
  ];
  const attempt = spawnSync("setpriv", [...prefix.slice(1), "test", "-d", `${directory}/.`]);
  if (attempt.status === 0) return { ...launch, prefix, spawnOptions: {} };
  throw new EmbeddedPostgresError("no_unprivileged_user", {
    message: `PostgreSQL cannot run as root, and the user ${user.name} cannot reach ${directory}.`,
    nextStep:
      "Choose a directory outside /root with --data-dir, or start Headcount as another user.",
  });
}

function findSystemUser(): { readonly name: string; readonly uid: number; readonly gid: number } {
  const rows = readFileSync("/etc/passwd", "utf8")
    .split("\n")
    .map((line) => line.split(":"));
  for (const wanted of ["postgres", "nobody"]) {
    const row = rows.find(([name]) => name === wanted);
    if (row) return { name: wanted, uid: Number(row[2]), gid: Number(row[3]) };
  }
  throw new EmbeddedPostgresError("no_unprivileged_user", {
    message: "PostgreSQL cannot run as root, and this system has no unprivileged user to run it.",
    nextStep: "Start Headcount as another user, or set DATABASE_URL to an external PostgreSQL.",
  });
}

function isReachable(target: string, uid: number): boolean {
  const resolved = path.resolve(target);
  if (existsSync(resolved)) {
    const { mode, uid: owner } = statSync(resolved);
    const needed = owner === uid ? 0o100 : 0o001;
    if ((mode & needed) === 0) return false;
  }
  const parent = path.dirname(resolved);
  return parent === resolved || isReachable(parent, uid);
}
