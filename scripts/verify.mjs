// Everything that can be known without a database, in under a minute. Every step runs, also after a failed one, so
// that a run shows all there is to repair.
import { spawn } from "node:child_process";
import { availableParallelism } from "node:os";
import path from "node:path";
import { performance } from "node:perf_hooks";

import { repositoryRoot, requireRuntime } from "./lib/runtime.mjs";

const runtime = requireRuntime();
const tool = (name, entry, ...rest) => [
  path.join(repositoryRoot, "node_modules", name, entry),
  ...rest,
];

/** One thread checks with half the processor time of several, each of which would check shared types anew. */
const types = (project) => tool("typescript", "bin/tsc", "-p", project, "--singleThreaded");

/** Slow ones first: with as many at a time as there are cores, the short ones fill the gaps. */
const steps = [
  { name: "lint", command: tool("oxlint", "bin/oxlint", "--type-aware") },
  {
    name: "unit tests",
    command: tool("vitest", "vitest.mjs", "run", "--project", "unit", "--no-isolate"),
  },
  { name: "types", command: types("tsconfig.json") },
  { name: "types of the web", command: types("apps/web/tsconfig.json") },
  { name: "unused code", command: tool("knip", "bin/knip.js", "--no-progress") },
  { name: "first load of the web", command: [path.join("bench", "lib", "first-load.ts")] },
  { name: "format", command: tool("oxfmt", "bin/oxfmt", "--check", ".") },
  { name: "lockfile", command: [path.join(repositoryRoot, "tools", "lockcheck.mjs")] },
];

const atOnce = Math.min(steps.length, Math.max(2, availableParallelism()));
/** The compiler and the linter are Go programs; they end soon, so they may collect their garbage late. */
const environment = { GOGC: "400", ...process.env };
const waiting = [...steps];
const failed = [];
const startedAt = performance.now();
await Promise.all(Array.from({ length: atOnce }, work));

const seconds = secondsSince(startedAt);
if (failed.length > 0) {
  process.stdout.write(`\nverify failed after ${seconds} s: ${failed.join(", ")}\n`);
} else {
  process.stdout.write(`\nverify passed in ${seconds} s\n`);
}
process.stdout.write(`${steps.length - failed.length} passed, ${failed.length} failed\n`);
process.exitCode = failed.length > 0 ? 1 : 0;

async function work() {
  for (let step = waiting.shift(); step; step = waiting.shift()) {
    const began = performance.now();
    const { exitCode, output } = await run(step.command);
    const ok = exitCode === 0;
    if (!ok) failed.push(step.name);
    process.stdout.write(`${ok ? "ok    " : "FAILED"} ${step.name} (${secondsSince(began)} s)\n`);
    if (!ok) process.stdout.write(`${output.trimEnd()}\n\n`);
  }
}

function run(command) {
  const searchPath = [path.dirname(runtime), process.env.PATH].join(path.delimiter);
  const child = spawn(runtime, command, {
    cwd: repositoryRoot,
    stdio: ["ignore", "pipe", "pipe"],
    env: { ...environment, PATH: searchPath },
  });
  let output = "";
  child.stdout.on("data", (chunk) => (output += chunk));
  child.stderr.on("data", (chunk) => (output += chunk));
  return new Promise((resolve) => {
    child.once("error", (error) => resolve({ exitCode: 1, output: error.message }));
    child.once("close", (exitCode) => resolve({ exitCode, output }));
  });
}

function secondsSince(start) {
  return ((performance.now() - start) / 1000).toFixed(1);
}
