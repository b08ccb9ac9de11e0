import {
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
} from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";

import { EmbeddedPostgresError } from "./embedded-postgres-error.ts";

export type NativeBinaries = { readonly directory: string; readonly version: string };

/**
 * Finds PostgreSQL's programs for this platform.
 *
 * npm packages carry no symbolic links, so the package lists them and makes them in an install script, which npm
 * may be told not to run. They are made here instead, or in a copy below `copyInto` when the package is read-only.
 *
 * @throws EmbeddedPostgresError `binaries_missing`
 */
export function locateNativeBinaries(copyInto: string): NativeBinaries {
  const { root, version } = findPackage();
  const directory = path.join(root, "native");
  try {
    linkLibraries(root, directory);
    return { directory, version };
  } catch {
    return copyNativeBinaries({ directory, version }, copyInto);
  }
}

/** Copies the programs to a folder of their own below `parent`, once per version, and links the libraries there. */
export function copyNativeBinaries(binaries: NativeBinaries, parent: string): NativeBinaries {
  const directory = path.join(parent, `binaries-${binaries.version}`);
  if (!existsSync(directory)) {
    const draft = `${directory}.${process.pid}`;
    mkdirSync(parent, { recursive: true, mode: 0o755 });
    rmSync(draft, { recursive: true, force: true });
    cpSync(binaries.directory, draft, { recursive: true, verbatimSymlinks: true });
    linkLibraries(path.dirname(binaries.directory), draft);
    renameSync(draft, directory);
  }
  return { directory, version: binaries.version };
}

function findPackage(): { readonly root: string; readonly version: string } {
  const platform = process.platform === "win32" ? "windows" : process.platform;
  const name = `@embedded-postgres/${platform}-${process.arch}`;
  try {
    const root = path.resolve(path.dirname(createRequire(import.meta.url).resolve(name)), "..");
    const manifest: { readonly version: string } = JSON.parse(
      readFileSync(path.join(root, "package.json"), "utf8"),
    );
    return { root, version: manifest.version };
  } catch (error) {
    throw new EmbeddedPostgresError(
      "binaries_missing",
      {
        message: `PostgreSQL for this platform (${name}) is not installed.`,
        nextStep:
          "Run `npm ci` without --omit=optional, or set DATABASE_URL to a PostgreSQL 15 or newer.",
      },
      { cause: error },
    );
  }
}

/** The list names both ends relative to the package, as `native/lib/…`. */
function linkLibraries(packageRoot: string, directory: string): void {
  const list = path.join(packageRoot, "native", "pg-symlinks.json");
  if (!existsSync(list)) return;
  const links: readonly { readonly source: string; readonly target: string }[] = JSON.parse(
    readFileSync(list, "utf8"),
  );
  for (const link of links) {
    const target = path.join(directory, path.relative("native", link.target));
    const source = path.join(directory, path.relative("native", link.source));
    if (existsSync(target)) continue;
    try {
      symlinkSync(path.relative(path.dirname(target), source), target);
    } catch (error) {
      // Another start may have made the same link in this moment.
      if (!existsSync(target)) throw error;
    }
  }
}
