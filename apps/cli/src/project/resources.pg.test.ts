import { afterAll, beforeAll, expect, test } from "vitest";
import { createTestMachine } from "@headcount/server/testing/test-machine";
import type { RunResult } from "../testing/fake-io.fixture.ts";
import { createServedMachine, type ServedMachine } from "../testing/served-machine.fixture.ts";

let served: ServedMachine;

const run = (...words: readonly string[]): Promise<RunResult> => served.machine.run(words);
const resource = async (...words: readonly string[]): Promise<Record<string, unknown>> => {
  const result = await run("project", "resource", ...words, "--output", "json");
  expect([words, result.code, result.stderr]).toEqual([words, 0, ""]);
  return JSON.parse(result.stdout) as Record<string, unknown>;
};

beforeAll(async () => {
  served = await createServedMachine();
  const { app } = served;
  await createTestMachine(app, app.alice, { capabilities: ["local_directory", "worktree"] });
  await run("project", "create", "--title", "Website");
});
afterAll(() => served[Symbol.asyncDispose]());

test("repositories and a directory are added, shown, changed and taken away", async () => {
  const on = ["--machine", "Alice's machine"] as const;
  const url = "https://git.test/web.git";
  await resource("add", "Website", "--repository", `${url}#main`);
  const added = await resource("add", "Website", "--directory", "/srv/web", ...on);
  expect(added).toMatchObject({
    repositories: [{ url, ref: "main" }],
    directories: [{ path: "/srv/web", mode: "worktree", machineName: "Alice's machine" }],
  });
  const list = await run("project", "resource", "list", "Website");
  expect(list.stdout).toMatch(/directory +\/srv\/web +worktree on Alice's machine/);
  const changed = await resource("update", "Website", "--mode", "in-place", ...on);
  expect(changed["directories"]).toMatchObject([{ path: "/srv/web", mode: "in_place" }]);
  const removed = await resource("remove", "Website", "--directory", "--repository", url, ...on);
  expect(removed).toMatchObject({ repositories: [], directories: [] });
});

test("what cannot be is refused in words, with the exit code for it", async () => {
  const add = ["project", "resource", "add", "Website"];
  const system = await run(...add, "--directory", "/etc", "--machine", "Alice's machine");
  expect(system).toMatchObject({ code: 5 });
  expect(system.stderr).toContain("belongs to the operating system");
  expect(await run(...add)).toMatchObject({ code: 5 });
  expect(await run(...add, "--directory", "/srv/web", "--machine", "nowhere")).toMatchObject({
    code: 4,
  });
  // No daemon of this profile serves the workspace.
  expect(await run(...add, "--directory", "/srv/web")).toMatchObject({ code: 4 });
});
