import { readFileSync } from "node:fs";
import { rm, writeFile } from "node:fs/promises";
import path from "node:path";

export type ServerAddress = { readonly url: string; readonly pid: number };

const nameInDataDirectory = "server-address.json";

/** Leaves the address of a running server where commands on the same machine find it. */
export async function writeServerAddress(dataDirectory: string, url: string): Promise<void> {
  const address: ServerAddress = { url, pid: process.pid };
  const file = path.join(dataDirectory, nameInDataDirectory);
  await writeFile(file, `${JSON.stringify(address)}\n`, { mode: 0o600 });
}

export async function removeServerAddress(dataDirectory: string): Promise<void> {
  await rm(path.join(dataDirectory, nameInDataDirectory), { force: true });
}

/** Address of the server that runs on this data directory; null when none does or none may be seen. */
export function findServerAddress(dataDirectory: string): ServerAddress | null {
  try {
    const text = readFileSync(path.join(dataDirectory, nameInDataDirectory), "utf8");
    const value: unknown = JSON.parse(text);
    if (!isAddress(value) || !isAlive(value.pid)) return null;
    return value;
  } catch {
    // Missing, unreadable and half-written files all say the same: no address is known.
    return null;
  }
}

function isAddress(value: unknown): value is ServerAddress {
  if (typeof value !== "object" || value === null) return false;
  return (
    typeof Reflect.get(value, "url") === "string" && Number.isInteger(Reflect.get(value, "pid"))
  );
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
}
