// Builds the web application when its result is missing or older than anything it is made of.
import { spawnSync } from "node:child_process";
import { readdirSync, statSync } from "node:fs";
import path from "node:path";

import { repositoryRoot, requireRuntime } from "./runtime.mjs";

const sources = [
  "apps/web",
  "packages/contract",
  "packages/domain",
  "packages/client",
  "package-lock.json",
].map((name) => path.join(repositoryRoot, name));

/** Returns false when the build failed; what went wrong stands on stderr then. */
export function ensureWeb() {
  const built = modifiedAt(path.join(repositoryRoot, "apps", "web", "dist", "index.html"));
  if (built > Math.max(...sources.map(newestIn))) return true;
  process.stderr.write("Building the web application …\n");
  const entry = path.join(repositoryRoot, "node_modules", "vite", "bin", "vite.js");
  const build = spawnSync(requireRuntime(), [entry, "build", "apps/web", "--logLevel", "warn"], {
    cwd: repositoryRoot,
    stdio: ["ignore", 2, 2],
  });
  return build.status === 0;
}

function newestIn(target) {
  const stats = statSync(target, { throwIfNoEntry: false });
  if (!stats) return 0;
  if (!stats.isDirectory()) return stats.mtimeMs;
  const entries = readdirSync(target).filter((name) => name !== "dist" && name !== "node_modules");
  return Math.max(0, ...entries.map((name) => newestIn(path.join(target, name))));
}

function modifiedAt(file) {
  return statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0;
}
