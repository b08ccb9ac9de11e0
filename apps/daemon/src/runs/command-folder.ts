import { chmod, mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";

/** The launcher of this checkout. */
const launcher = fileURLToPath(new URL("../../../../bin/headcount.mjs", import.meta.url));

/**
 * Makes the folder that comes first on an agent's PATH: its `headcount` is the very version that
 * this daemon belongs to, run by the same Node, whatever else is installed.
 */
export async function makeCommandFolder(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const file = path.join(folder, "headcount");
  const script = `#!/bin/sh\nexec ${quote(process.execPath)} ${quote(launcher)} "$@"\n`;
  await writeFile(file, script);
  await chmod(file, 0o755);
}

function quote(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}
