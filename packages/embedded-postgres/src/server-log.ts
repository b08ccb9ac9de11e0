import {
  closeSync,
  copyFileSync,
  openSync,
  readSync,
  renameSync,
  statSync,
  truncateSync,
} from "node:fs";

const limitBytes = 8 * 1024 * 1024;
const checkEveryMs = 60_000;

/**
 * Keeps the log and one predecessor (`….1`) within twice the limit. The server holds the file open for appending,
 * so the content is moved away, not the file.
 */
export function rotateServerLog(file: string, maximumBytes: number = limitBytes): void {
  if (sizeOf(file) <= maximumBytes) return;
  const previous = `${file}.1`;
  copyFileSync(file, `${previous}.draft`);
  renameSync(`${previous}.draft`, previous);
  truncateSync(file, 0);
}

/** Looks at the size from time to time, without keeping the process alive; returns the way to end it. */
export function keepServerLogSmall(file: string): () => void {
  const timer = setInterval(() => {
    try {
      rotateServerLog(file);
    } catch {
      // A log that cannot be shortened now (a full disk, say) is no reason to disturb the server; next time, then.
    }
  }, checkEveryMs);
  timer.unref();
  return () => clearInterval(timer);
}

export function openServerLog(file: string): { readonly fd: number; readonly startsAt: number } {
  rotateServerLog(file);
  const fd = openSync(file, "a", 0o600);
  return { fd, startsAt: sizeOf(file) };
}

/** At most the last 64 kB of what was written since `startsAt` (bytes from the beginning of the file). */
export function readServerLog(file: string, startsAt: number): string {
  const size = sizeOf(file);
  const from = Math.max(startsAt, size - 65_536);
  if (size <= from) return "";
  const buffer = Buffer.alloc(size - from);
  const fd = openSync(file, "r");
  try {
    return buffer.subarray(0, readSync(fd, buffer, 0, buffer.length, from)).toString("utf8");
  } finally {
    closeSync(fd);
  }
}

function sizeOf(file: string): number {
  return statSync(file, { throwIfNoEntry: false })?.size ?? 0;
}
