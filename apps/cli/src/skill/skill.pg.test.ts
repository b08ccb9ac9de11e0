import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { agents } from "@headcount/contract/agents/routes";
import type { TestApp } from "@headcount/server/testing/test-app";
import type { FakeMachine, RunResult, RunSettings } from "../testing/fake-io.fixture.ts";
import { createServedMachine, type ServedMachine } from "../testing/served-machine.fixture.ts";

describe("headcount skill", () => {
  let served: ServedMachine;
  let app: TestApp;
  let machine: FakeMachine;
  beforeAll(async () => {
    served = await createServedMachine();
    ({ app, machine } = served);
  });
  afterAll(() => served[Symbol.asyncDispose]());

  const run = (words: readonly string[], settings?: RunSettings): Promise<RunResult> =>
    machine.run(["skill", ...words], settings);
  const done = async (words: readonly string[], settings?: RunSettings): Promise<string> => {
    const result = await run(words, settings);
    expect([words, result.code, result.stderr]).toEqual([words, 0, expect.any(String)]);
    return result.stdout;
  };
  const json = async (words: readonly string[]): Promise<unknown> =>
    JSON.parse(await done([...words, "--output", "json"]));

  test("a skill from its creation over its files and an archive to its end", async () => {
    const words = [
      "--name",
      "Code Review",
      "--description",
      "How we review.",
      "--label",
      "quality",
    ];
    const made = await json(["create", ...words, "--content", "# Review\\nTwice."]);
    expect(made).toMatchObject({
      name: "Code Review",
      instructions: "# Review\nTwice.",
      revision: 1,
    });
    expect((await run(["create", ...words])).code).toBe(6);
    const list = await done(["list"]);
    expect(list).toMatch(/^NAME +DESCRIPTION +LABELS +FILES +SIZE +AGENTS +ID/);
    expect(list).toMatch(/Code Review +How we review\. +quality +1 +15 B +0 /);
    expect(list).toMatch(/headcount .* built in/);

    const script = path.join(machine.home, "check.sh");
    await writeFile(script, "#!/bin/sh\n");
    await done([
      "files",
      "set",
      "code review",
      "scripts/check.sh",
      "--file",
      "check.sh",
      "--executable",
    ]);
    await done(["files", "set", "code review", "notes.md", "--content", "one\\ntwo"]);
    expect(await done(["files", "list", "code review"])).toMatch(
      /SKILL\.md.*\n.*notes\.md.*\n.*check\.sh +10 B +yes/,
    );
    expect(await done(["files", "get", "code review", "notes.md"])).toBe("one\ntwo\n");
    expect((await run(["files", "delete", "code review", "notes.md"])).code).toBe(5);
    expect(await done(["files", "delete", "code review", "notes.md", "--yes"])).toContain(
      "was removed",
    );
    expect((await run(["files", "set", "code review", "../x", "--content", "x"])).code).toBe(5);

    expect(await done(["export", "code review"])).toContain("code-review.zip");
    const archive = path.join(machine.home, "code-review.zip");
    expect((await readFile(archive)).subarray(0, 2).toString()).toBe("PK");
    expect((await run(["export", "code review"])).stderr).toContain("is there already");
    expect((await run(["import", "--file", "code-review.zip"])).code).toBe(0);
    const again = await json(["import", "--file", "code-review.zip", "--on-conflict", "rename"]);
    expect(again).toMatchObject({
      outcome: "renamed",
      skill: { name: "code-review (2)", fileCount: 2 },
    });
    expect((await run(["import", "--url", "https://127.0.0.1/x.zip"])).stderr).toContain(
      "public internet",
    );
    expect((await run(["import"])).code).toBe(5);

    expect(
      await done(["update", "code review", "--description", "Better.", "--without-labels"]),
    ).toContain("Better.");
    expect((await run(["update", "code review"])).code).toBe(5);
    expect((await run(["get", "nothing"])).code).toBe(4);
    expect((await run(["delete", "code review"])).code).toBe(5);
    expect(await done(["delete", "code review", "--yes"])).toBe("Code Review was deleted.\n");
  });

  test("is given to an agent, switched off and taken away", async () => {
    await app.alice.call(agents.create, { workspace: "acme", name: "Ada" });
    await done(["create", "--name", "House", "--description", "Rules."]);
    expect(await done(["bind", "house", "--agent", "ada"])).toMatch(/House +yes +Rules\./);
    expect(await done(["bind", "house", "--agent", "ada", "--disabled"])).toMatch(/House +no/);
    expect(await done(["get", "house", "--output", "table"])).toContain("Ada (off)");
    const skills = await machine.run(["agent", "skills", "ada", "--output", "json"]);
    expect(JSON.parse(skills.stdout)).toMatchObject({ items: [{ name: "House", enabled: false }] });
    await done(["unbind", "house", "--agent", "ada"]);
    expect((await run(["unbind", "house", "--agent", "ada"])).code).toBe(4);
    expect((await run(["bind", "house"])).code).toBe(5);
  });
});
