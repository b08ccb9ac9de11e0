import { readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { checkScenario } from "../fake-model/check-scenario.ts";
import { temporaryDirectory } from "../temporary-directory.ts";
import { FAKE_MODEL_RECIPES, pointAtFakeModel } from "./point-at-fake-model.ts";
import { REAL_CLIS, type RealCliName } from "./real-cli.ts";

const NAMES = Object.keys(REAL_CLIS) as RealCliName[];
const URL = "http://127.0.0.1:4711";
const KEY = "sk-secret";

test.each(NAMES)("%s finds address and key in its private home", async (name) => {
  await using home = await temporaryDirectory();
  const pointed = await pointAtFakeModel(name, { home: home.path, url: URL, key: KEY });
  const files = Object.keys(
    FAKE_MODEL_RECIPES[name].files({ home: home.path, url: URL, key: KEY, retries: "usual" }),
  );
  const contents: string[] = [];
  for (const file of files) {
    const path = join(home.path, file);
    contents.push(await readFile(path, "utf8"));
    expect((await stat(path)).mode & 0o077).toBe(0);
  }
  const told = [...contents, ...Object.values(pointed.environment)].join("\n");
  expect(told).toContain(URL);
  expect(told).toContain(KEY);
  expect(pointed.environment["HOME"]).toBe(home.path);
});

test.each(NAMES)("%s has tool calls that a scenario can carry", async (name) => {
  await using home = await temporaryDirectory();
  const pointed = await pointAtFakeModel(name, { home: home.path, url: URL });
  const write = pointed.writeFile({ work: "/work", path: "a.txt", content: "hi" });
  const run = pointed.runShell("echo hi");
  expect(JSON.stringify(write)).toContain("a.txt");
  expect(JSON.stringify(run)).toContain("echo hi");
  const rules = [pointed.sideRule, { reply: { content: [write, run] } }];
  expect(() => checkScenario({ rules })).not.toThrow();
});
