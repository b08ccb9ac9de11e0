import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";

/**
 * What a running PostgreSQL writes into `postmaster.pid`: line 1 process id, 4 port, 8 status
 * (https://www.postgresql.org/docs/18/storage-file-layout.html).
 */
export type PostmasterFile = {
  readonly pid: number;
  readonly port: number;
  readonly status: "starting" | "stopping" | "ready" | "standby" | "unknown";
};

/** Null when there is none, or when it is not written to the end yet. */
export function findPostmasterFile(cluster: string): PostmasterFile | null {
  const lines = readLines(path.join(cluster, "postmaster.pid"));
  if (lines === null) return null;
  const pid = Number(lines[0]);
  if (!Number.isSafeInteger(pid) || pid <= 0) return null;
  return { pid, port: Number(lines[3] ?? Number.NaN), status: parseStatus(lines[7]) };
}

/**
 * Makes PostgreSQL see a stale file as stale although its process id is taken: by a stranger, or by a zombie that
 * nobody reaps. It ignores the id of its own parent, which is this process. The rest of the file stays, because from
 * it PostgreSQL learns whether sessions of the dead server still use its shared memory. A server that ends in order
 * between two looks takes its file along; nothing is left to disown then.
 */
export function disownPostmasterFile(cluster: string): void {
  const file = path.join(cluster, "postmaster.pid");
  const lines = readLines(file);
  if (lines === null) return;
  const [, ...rest] = lines;
  writeFileSync(file, [process.pid, ...rest].join("\n"));
}

function readLines(file: string): readonly string[] | null {
  try {
    return readFileSync(file, "utf8").split("\n");
  } catch {
    return null;
  }
}

function parseStatus(line: string | undefined): PostmasterFile["status"] {
  const word = line?.trim();
  if (word === "starting" || word === "stopping" || word === "ready" || word === "standby") {
    return word;
  }
  return "unknown";
}
