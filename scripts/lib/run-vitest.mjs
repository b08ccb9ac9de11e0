// Runs vitest with a Node that can, and closes with the one line that people and machines look for.
import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

import { repositoryRoot, requireRuntime } from "./runtime.mjs";

/**
 * Resolves with the exit code, after a line `FAILED file › test: message` for each failure and the closing
 * `N passed, N failed`.
 */
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
    const { passed, failed } = read(report);
    // Vitest also fails for an error outside any test; that must show as well.
    if (exitCode !== 0 && failed.length === 0) failed.push("vitest itself: see above");
    process.stdout.write(`\n${failed.map((failure) => `FAILED ${failure}\n`).join("")}`);
    process.stdout.write(`${passed} passed, ${failed.length} failed\n`);
    return failed.length > 0 ? 1 : 0;
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

function read(report) {
  let results;
  try {
    results = JSON.parse(readFileSync(report, "utf8"));
  } catch {
    return { passed: 0, failed: ["vitest itself: it left no report"] };
  }
  return { passed: results.numPassedTests, failed: results.testResults.flatMap(failuresOf) };
}

function failuresOf(file) {
  const name = path.relative(repositoryRoot, file.name);
  const failed = file.assertionResults.filter((test) => test.status === "failed");
  if (failed.length > 0) {
    return failed.map(
      (test) => `${name} › ${test.fullName}: ${firstLine(test.failureMessages[0])}`,
    );
  }
  // A file that cannot be loaded, or whose set-up fails, has no failed test and is still a failure.
  return file.status === "failed" ? [`${name}: ${firstLine(file.message)}`] : [];
}

function firstLine(message) {
  return (message ?? "").trim().split("\n", 1)[0] || "its set-up failed, see above";
}
