import { readFile, rm, stat, utimes, writeFile } from "node:fs/promises";
import { waitFor } from "../wait-for.ts";

const BEAT_MS = 2_000;
const STALE_AFTER_MS = 30_000;
const LONGEST_WAIT_MS = 20 * 60_000;

/**
 * Does the work while no other process that uses the same lock file does, so that several test
 * runs do not download the same package at once. The holder touches the file while it lives; a
 * file that has not been touched for half a minute belongs to nobody. Taking over such a file can
 * race: the work must be safe to do twice.
 *
 * @throws Error when the lock is not free within twenty minutes, or the error of the work.
 */
export async function withInstallLock<Result>(
  lockFile: string,
  work: () => Promise<Result>,
): Promise<Result> {
  const mark = `${process.pid} ${crypto.randomUUID()}`;
  await waitFor(() => takeLock(lockFile, mark), {
    describe: `the lock ${lockFile}`,
    timeoutMs: LONGEST_WAIT_MS,
  });
  const beat = setInterval(() => void touch(lockFile), BEAT_MS);
  try {
    return await work();
  } finally {
    clearInterval(beat);
    if ((await readFile(lockFile, "utf8").catch(() => "")) === mark) await rm(lockFile);
  }
}

async function takeLock(lockFile: string, mark: string): Promise<boolean> {
  try {
    await writeFile(lockFile, mark, { flag: "wx" });
    return true;
  } catch (error) {
    if (!isErrorWithCode(error, "EEXIST")) throw error;
  }
  const touched = await stat(lockFile).catch(() => undefined);
  if (touched !== undefined && Date.now() - touched.mtimeMs > STALE_AFTER_MS) {
    await rm(lockFile, { force: true });
  }
  return false;
}

async function touch(lockFile: string): Promise<void> {
  const now = new Date();
  // The file is gone when another process took it over; the work goes on all the same.
  await utimes(lockFile, now, now).catch(() => undefined);
}

function isErrorWithCode(error: unknown, code: string): boolean {
  return error instanceof Error && "code" in error && error.code === code;
}
