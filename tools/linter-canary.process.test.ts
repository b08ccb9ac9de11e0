import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect, test } from "vitest";
import { repositoryRoot } from "./source-files.ts";

test("the linter still bites: a folder with known violations fails", () => {
  const config = JSON.parse(
    readFileSync(path.join(repositoryRoot, ".oxlintrc.json"), "utf8"),
  ) as Record<string, unknown>;
  const folder = mkdtempSync(path.join(tmpdir(), "headcount-canary-"));
  const file = path.join(folder, "oxlintrc.json");
  writeFileSync(file, JSON.stringify({ ...config, ignorePatterns: [], overrides: [] }));
  const result = spawnSync(
    process.execPath,
    ["node_modules/oxlint/bin/oxlint", "-c", file, "tools/canary"],
    {
      cwd: repositoryRoot,
      encoding: "utf8",
    },
  );
  rmSync(folder, { recursive: true });
  expect(result.status).not.toBe(0);
  expect(result.stdout).toContain("no-cycle");
  expect(result.stdout).toContain("no-explicit-any");
});
