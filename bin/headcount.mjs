#!/usr/bin/env node
// Plain JavaScript that any Node >= 16 can read: it picks a Node that runs the TypeScript sources and hands over.
import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import Module from "node:module";
import { constants } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";

import { ensureInstall } from "../scripts/lib/install.mjs";
import { repositoryRoot, requireRuntime } from "../scripts/lib/runtime.mjs";

// The launcher's own tests put a small program in the place of the real one.
const main =
  process.env.HEADCOUNT_LAUNCHER_MAIN ?? path.join(repositoryRoot, "apps", "cli", "src", "main.ts");

// npm writes this record last, so an installation in progress counts as missing and is waited for.
const installed = path.join(repositoryRoot, "node_modules", ".package-lock.json");
if (!existsSync(installed)) ensureInstall();
const runtime = requireRuntime();
if (runtime === process.execPath) runHere();
else runIn(runtime);

/**
 * No second process where the present Node will do: it starts sooner and takes no memory of its own.
 * The cache is there before the first TypeScript is read: nothing of what turns that into JavaScript
 * has to be loaded then, which takes longer than everything else. Agents run this many times, each
 * in a fresh temporary folder, where the default place of the cache would never be warm.
 */
function runHere() {
  Module.enableCompileCache(path.join(repositoryRoot, ".cache", "compile"));
  process.argv[1] = main;
  Module.runMain();
}

function runIn(node) {
  const launcher = fileURLToPath(import.meta.url);
  const child = spawn(node, [...process.execArgv, launcher, ...process.argv.slice(2)], {
    stdio: "inherit",
  });
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) {
    process.on(signal, () => {
      // Ctrl-C on a terminal reaches the child by itself, and a second one would mean "at once".
      if (signal === "SIGINT" && process.stdin.isTTY) return;
      child.kill(signal);
    });
  }
  child.once("error", (error) => {
    process.stderr.write(
      `${node} could not be started (${error.message}): run \`npm ci\` again.\n`,
    );
    process.exit(1);
  });
  child.once("exit", (code, signal) => process.exit(code ?? 128 + constants.signals[signal]));
}
