// Checks that the lockfile can install on every platform it names.
//
// The newest version of a package with per-platform binaries may not be in the registry for all of its platforms;
// npm then leaves those out of the lockfile without a word, and `npm ci` fails on exactly those machines.
import { readFileSync } from "node:fs";

const lockfile = process.argv[2] ?? new URL("../package-lock.json", import.meta.url);
const { packages } = JSON.parse(readFileSync(lockfile, "utf8"));

const incomplete = Object.entries(packages)
  .map(([location, entry]) => ({ location, entry, absent: listAbsent(location, entry) }))
  .filter(({ absent }) => absent.length > 0);

for (const { location, entry, absent } of incomplete) {
  const name = location || "the root";
  console.error(`${name} ${entry.version ?? ""} lacks ${absent.join(", ")}`);
}
console.log(`${Object.keys(packages).length} packages, ${incomplete.length} incomplete`);
process.exitCode = incomplete.length > 0 ? 1 : 0;

/** Optional dependencies that the lockfile does not hold, or holds in another version than the exact one asked for. */
function listAbsent(location, entry) {
  return Object.entries(entry.optionalDependencies ?? {})
    .filter(([name, range]) => {
      const found = resolveFrom(location, name);
      if (!found) return true;
      return /^\d+\.\d+\.\d+/.test(range) && found.version !== range;
    })
    .map(([name, range]) => `${name}@${range}`);
}

/** Node's own search: the nearest node_modules on the way up to the root. */
function resolveFrom(location, name) {
  const parents = location.split("/node_modules/");
  for (let depth = parents.length; depth > 0; depth -= 1) {
    const folder = parents.slice(0, depth).join("/node_modules/");
    const found = packages[folder ? `${folder}/node_modules/${name}` : `node_modules/${name}`];
    if (found) return found;
  }
  return packages[`node_modules/${name}`];
}
