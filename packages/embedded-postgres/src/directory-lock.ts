import { readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { DatabaseSync } from "node:sqlite";
import { setTimeout as delay } from "node:timers/promises";

import { describeFileError } from "./describe-file-error.ts";
import { DirectoryLockedError } from "./directory-locked-error.ts";
import { makeDirectory } from "./make-directory.ts";
import { isProcessAlive } from "./process-alive.ts";

export type DirectoryLock = { release(): void; [Symbol.dispose](): void };

type Holder = { readonly pid: number; readonly startedAt: string; readonly role: string };

/**
 * Makes this process the only owner of `directory` until `release()` or the end of the process, however it ends.
 *
 * Node has no file locks of its own, but its SQLite does: an exclusive transaction is a kernel lock on
 * `lock.sqlite`, which the kernel drops with the process, so a `kill -9` leaves nothing stale behind. The name of
 * the holder stands beside it in `lock.json`; it only informs and decides nothing.
 *
 * @throws DirectoryLockedError while another process (or another call in this one) holds it
 */
export async function acquireDirectoryLock(
  directory: string,
  options: { readonly role: string },
): Promise<DirectoryLock> {
  try {
    makeDirectory(directory);
  } catch (error) {
    throw describeFileError(error, directory);
  }
  const holderFile = path.join(directory, "lock.json");
  const database = takeKernelLock(directory);
  if (database === "held") throw new DirectoryLockedError(directory, await readHolder(holderFile));
  try {
    writeHolder(holderFile, {
      pid: process.pid,
      startedAt: new Date().toISOString(),
      role: options.role,
    });
  } catch (error) {
    database.close();
    throw describeFileError(error, directory);
  }
  const release = (): void => {
    if (!database.isOpen) return;
    rmSync(holderFile, { force: true });
    database.close();
  };
  return { release, [Symbol.dispose]: release };
}

function takeKernelLock(directory: string): DatabaseSync | "held" {
  const file = path.join(directory, "lock.sqlite");
  let database: DatabaseSync | undefined;
  try {
    // SQLite reports an unwritable folder in words of its own; the plain open gives the system's error code.
    writeFileSync(file, "", { flag: "a", mode: 0o600 });
    database = new DatabaseSync(file, { timeout: 0 });
    database.exec("pragma journal_mode = off; begin exclusive");
    return database;
  } catch (error) {
    database?.close();
    if (isBusy(error)) return "held";
    throw describeFileError(error, directory);
  }
}

/** SQLITE_BUSY is 5 in its primary code, the low byte: https://www.sqlite.org/rescode.html#busy */
function isBusy(error: unknown): boolean {
  if (!(error instanceof Error) || !("errcode" in error)) return false;
  return typeof error.errcode === "number" && (error.errcode & 0xff) === 5;
}

function writeHolder(file: string, holder: Holder): void {
  const draft = `${file}.${process.pid}`;
  writeFileSync(draft, JSON.stringify(holder), { mode: 0o600 });
  renameSync(draft, file);
}

/** The holder writes its name just after it took the lock, so an old name may stand there for a moment. */
async function readHolder(file: string): Promise<Holder | undefined> {
  for (let attempt = 0; attempt < 20; attempt += 1) {
    const holder = parseHolder(file);
    if (holder && isProcessAlive(holder.pid)) return holder;
    await delay(25);
  }
  return undefined;
}

function parseHolder(file: string): Holder | undefined {
  let value: unknown;
  try {
    value = JSON.parse(readFileSync(file, "utf8"));
  } catch {
    return undefined;
  }
  if (typeof value !== "object" || value === null) return undefined;
  if (!("pid" in value) || !("startedAt" in value) || !("role" in value)) return undefined;
  const { pid, startedAt, role } = value;
  if (typeof pid !== "number" || typeof startedAt !== "string" || typeof role !== "string") {
    return undefined;
  }
  return { pid, startedAt, role };
}
