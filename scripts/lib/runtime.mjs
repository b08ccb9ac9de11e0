// Plain JavaScript for any Node >= 16: this decides which Node runs the TypeScript sources.
import { existsSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";

export const repositoryRoot = fileURLToPath(new URL("../../", import.meta.url));

/** The first Node that strips types without a flag or a warning. */
const wanted = [24, 12];

export function isNodeAtLeast(version, [major, minor]) {
  const [ownMajor = 0, ownMinor = 0] = version.replace(/^v/, "").split(".").map(Number);
  return ownMajor > major || (ownMajor === major && ownMinor >= minor);
}

/** Path of a Node that runs the sources: the present one when it can, else the one installed with the packages. */
function findRuntime() {
  if (isNodeAtLeast(process.version, wanted)) return process.execPath;
  const { name, file } = bundledRuntime();
  const bundled = path.join(repositoryRoot, "node_modules", name, "bin", file);
  return existsSync(bundled) ? bundled : undefined;
}

/** Like `findRuntime`, but ends the program with one sentence when there is none. */
export function requireRuntime() {
  const runtime = findRuntime();
  if (runtime) return runtime;
  process.stderr.write(
    `Headcount needs Node.js ${wanted.join(".")} or newer (this is ${process.version}) and its bundled one ` +
      `(${bundledRuntime().name}) is not installed: run \`npm ci\` without --omit=optional, or install Node.js 24.\n`,
  );
  process.exit(1);
}

function bundledRuntime() {
  const platform = process.platform === "win32" ? "win" : process.platform;
  const prefix = platform === "darwin" && process.arch === "arm64" ? "node-bin" : "node";
  return {
    name: `${prefix}-${platform}-${process.arch}`,
    file: platform === "win" ? "node.exe" : "node",
  };
}
