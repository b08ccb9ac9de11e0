import { spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { renameSync, writeFileSync } from "node:fs";

import type { ClusterPaths } from "./cluster-paths.ts";
import { EmbeddedPostgresError } from "./embedded-postgres-error.ts";
import { commandFor, type LaunchMethod } from "./launch-method.ts";

/**
 * Gives the stopped cluster a new password when the file with the old one is gone. Single-user mode asks for none:
 * https://www.postgresql.org/docs/18/app-postgres.html
 *
 * @throws EmbeddedPostgresError `start_failed`
 */
export async function resetPassword(paths: ClusterPaths, method: LaunchMethod): Promise<void> {
  const password = randomBytes(24).toString("base64url");
  const command = commandFor(method, "postgres", ["--single", "-D", paths.cluster, "postgres"]);
  const child = spawn(command.file, command.arguments, {
    ...method.spawnOptions,
    cwd: paths.root,
    stdio: ["pipe", "ignore", "ignore"],
  });
  const exitCode = await new Promise<number | null>((resolve, reject) => {
    child.once("error", reject);
    child.once("exit", resolve);
    child.stdin?.end(`alter role postgres password '${password}'\n`);
  });
  if (exitCode !== 0) {
    throw new EmbeddedPostgresError("start_failed", {
      message: `The password file ${paths.password} is missing and could not be made anew.`,
      nextStep: "Put the file back from a backup, then start again.",
    });
  }
  const draft = `${paths.password}.draft`;
  writeFileSync(draft, password, { mode: 0o600, flush: true });
  renameSync(draft, paths.password);
}
