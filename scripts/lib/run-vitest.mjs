// Runs vitest with a Node that can, and closes with the one line that people and machines look for.
import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

import { repositoryRoot, requireRuntime } from "./runtime.mjs";

/** Resolves with the exit code, after printing `N passed, N failed` (and how many were skipped). */
export async function runVitest(vitestArguments) {
  const directory = mkdtempSync(path.join(tmpdir(), "headcount-vitest-"));
  const report = path.join(directory, "report.json");
  try {
    const exitCode = await run([
      "run",
      ...vitestArguments,
      "--reporter=default",
      "--reporter=json",
      `--outputFile.json=${report}`,
    ]);
    const { passed, failed } = count(report);
    // Vitest also fails for an error outside any test; that must show in the number as well.
    const failures = exitCode === 0 ? failed : Math.max(failed, 1);
    process.stdout.write(`\n${passed} passed, ${failures} failed\n`);
    return failures > 0 ? 1 : 0;
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

function run(vitestArguments) {
  const runtime = requireRuntime();
  const entry = path.join(repositoryRoot, "node_modules", "vitest", "vitest.mjs");
  const searchPath = [path.dirname(runtime), process.env.PATH].join(path.delimiter);
  const child = spawn(runtime, [entry, ...vitestArguments], {
    cwd: repositoryRoot,
    stdio: "inherit",
    env: { ...process.env, PATH: searchPath },
  });
  for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, () => child.kill(signal));
  return new Promise((resolve) => {
    child.once("error", () => resolve(1));
    child.once("exit", (code) => resolve(code ?? 1));
  });
}

function count(report) {
  let results;
  try {
    results = JSON.parse(readFileSync(report, "utf8"));
  } catch {
    return { passed: 0, failed: 1 };
  }
  // A file that cannot be loaded has no tests and is still a failure.
  const broken = results.testResults.filter(
    (file) => file.status === "failed" && file.assertionResults.length === 0,
  );
  return { passed: results.numPassedTests, failed: results.numFailedTests + broken.length };
}
