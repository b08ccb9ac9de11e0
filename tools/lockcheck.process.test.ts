import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

import { expect, onTestFinished, test } from "vitest";

const script = path.join(import.meta.dirname, "lockcheck.mjs");

test("names a platform package that the lockfile does not hold", () => {
  const result = check({
    "": {},
    "node_modules/tool": {
      version: "1.2.3",
      optionalDependencies: { "tool-linux": "1.2.3", "tool-win": "1.2.3" },
    },
    "node_modules/tool-linux": { version: "1.2.3" },
  });

  expect(result.status).toBe(1);
  expect(result.stderr).toContain("node_modules/tool 1.2.3 lacks tool-win@1.2.3");
});

test("names a platform package in another version than the one asked for", () => {
  const result = check({
    "": {},
    "node_modules/tool": { version: "1.2.3", optionalDependencies: { "tool-linux": "1.2.3" } },
    "node_modules/tool-linux": { version: "1.2.2" },
  });

  expect(result.status).toBe(1);
});

test("finds nested packages the way Node does", () => {
  const result = check({
    "": { optionalDependencies: { outer: "^1.0.0" } },
    "node_modules/outer": { version: "1.0.0" },
    "node_modules/outer/node_modules/tool": {
      version: "1.2.3",
      optionalDependencies: { "tool-linux": "1.2.3", "@scope/tool-mac": "1.2.3" },
    },
    "node_modules/outer/node_modules/tool-linux": { version: "1.2.3" },
    "node_modules/@scope/tool-mac": { version: "1.2.3" },
  });

  expect(result.stderr).toBe("");
  expect(result.status).toBe(0);
});

function check(packages: Readonly<Record<string, unknown>>): {
  readonly status: number | null;
  readonly stderr: string;
} {
  const directory = mkdtempSync(path.join(tmpdir(), "headcount-lockcheck-"));
  onTestFinished(() => rmSync(directory, { recursive: true, force: true }));
  const lockfile = path.join(directory, "package-lock.json");
  writeFileSync(lockfile, JSON.stringify({ packages }));
  return spawnSync(process.execPath, [script, lockfile], { encoding: "utf8" });
}
