import { randomBytes } from "node:crypto";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { ConfigError } from "./config.ts";

/**
 * The 32-byte key of this installation: from HEADCOUNT_SECRET_KEY (base64 or hex), else from the
 * data directory, where it is generated on the first start, readable by its owner only.
 */
export async function loadInstanceKey(
  configured: string | null,
  dataDirectory: string,
): Promise<Buffer> {
  if (configured !== null) return decodeKey(configured);
  const file = path.join(dataDirectory, "secret.key");
  await mkdir(dataDirectory, { recursive: true });
  try {
    await writeFile(file, randomBytes(32).toString("base64"), { mode: 0o600, flag: "wx" });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
  }
  return decodeKey((await readFile(file, "utf8")).trim());
}

function decodeKey(text: string): Buffer {
  const key = /^[0-9a-f]{64}$/i.test(text) ? Buffer.from(text, "hex") : Buffer.from(text, "base64");
  if (key.length === 32) return key;
  throw new ConfigError("HEADCOUNT_SECRET_KEY must be 32 bytes, in base64 or hexadecimal.");
}
