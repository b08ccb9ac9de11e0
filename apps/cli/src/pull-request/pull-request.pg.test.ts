import { stripVTControlCharacters } from "node:util";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { issues } from "@headcount/contract/issues/routes";
import type { GitConnection, PullRequest } from "@headcount/contract/pull-requests/schemas";
import type { TestApp } from "@headcount/server/testing/test-app";
import { connectGithub, pullRequestEvent } from "@headcount/server/pull-requests/github.fixture";
import { displayWidth } from "../output/display-width.ts";
import type { FakeMachine } from "../testing/fake-io.fixture.ts";
import { createServedMachine, type ServedMachine } from "../testing/served-machine.fixture.ts";

describe("pull requests and git connections on the command line", () => {
  let served: ServedMachine;
  let app: TestApp;
  let machine: FakeMachine;
  let key: string;
  beforeAll(async () => {
    served = await createServedMachine();
    ({ app, machine } = served);
    key = (await app.alice.call(issues.create, { workspace: "acme", title: "Login" })).issue.key;
  });
  afterAll(() => served[Symbol.asyncDispose]());

  /** What is printed on 80 columns. */
  const shown = async (...words: readonly string[]): Promise<string> => {
    const result = await machine.run([...words], { columns: 80 });
    expect([words, result.code, result.stderr]).toEqual([words, 0, expect.any(String)]);
    return stripVTControlCharacters(result.stdout);
  };
  const table = async (...words: readonly string[]): Promise<string> => {
    const text = await shown(...words);
    expect(Math.max(...text.split("\n").map(displayWidth))).toBeLessThanOrEqual(80);
    return text;
  };
  const json = async <T>(...words: readonly string[]): Promise<T> =>
    JSON.parse((await machine.run([...words, "--output", "json"])).stdout) as T;

  const url = "https://git.example/acme/some-very-long-repository-name/pulls/7";
  const record = ["pull-request", "record", "--url", url];

  test("are recorded by a script, listed by issue and state, and forgotten", async () => {
    const title = "A title that is far too long for a terminal of eighty columns and goes on";
    const text = await shown(
      ...record,
      "--state",
      "open",
      "--branch",
      `x/${key}`,
      "--title",
      title,
    );
    expect(text).toContain(key);
    const merged = await json<{ pullRequest: PullRequest; effect: string }>(
      ...record,
      "--state=merged",
      "--merged-at=2026-10-01T12:00:00Z",
      "--additions=12",
      "--deletions=0",
      `--issue=${key}`,
    );
    expect(merged).toMatchObject({
      effect: "updated",
      pullRequest: {
        state: "merged",
        title,
        additions: 12,
        deletions: 0,
        mergedAt: "2026-10-01T12:00:00.000Z",
        issues: [{ key, how: "linked" }],
      },
    });
    const again = await machine.run([...record, "--state", "merged"]);
    expect([again.code, again.stderr]).toEqual([
      0,
      expect.stringContaining("Nothing of it is new"),
    ]);
    expect(await table("pull-request", "list", "--issue", key.toLowerCase())).toMatch(
      new RegExp(`merged +${key}`),
    );
    const open = await json<{ items: unknown[] }>("pull-request", "list", "--state", "open");
    expect(open.items).toEqual([]);
    const { items } = await json<{ items: PullRequest[] }>("pull-request", "list");
    const id = items[0]?.id ?? "";
    expect(await shown("pull-request", "delete", id.slice(0, 13), "--yes")).toContain("forgotten");
    expect((await json<{ items: unknown[] }>("pull-request", "list")).items).toEqual([]);
  });

  test("wrong words are told before anything is sent", async () => {
    for (const [words, reason] of [
      [["pull-request", "record", "--state", "open"], "--url is missing"],
      [record, "--state is missing"],
      [[...record, "--state", "done"], "--state"],
      [[...record, "--state", "open", "--issue", "twelve"], "twelve"],
    ] as const) {
      const result = await machine.run([...words]);
      expect([words, result.code]).toEqual([words, 5]);
      expect(result.stderr).toContain(reason);
    }
  });

  test("where there is nothing yet, the way to the first one is told", async () => {
    for (const [words, way] of [
      [["pull-request", "list", "--issue", key], "headcount git-connection create"],
      [["git-connection", "list"], "headcount git-connection create NAME"],
      [["tank", "history"], "headcount tank top-up"],
    ] as const) {
      const result = await machine.run([...words]);
      expect([words, result.code, result.stdout]).toEqual([words, 0, ""]);
      expect(result.stderr).toContain(way);
    }
  });

  test("a connection is made, heard of, given another secret and deleted", async () => {
    const made = await shown("git-connection", "create", "GitHub of acme");
    const [secret] = /hcg_[\w-]+/.exec(made) ?? [];
    expect(made).toContain("/api/hooks/github/");
    expect(await table("git-connection", "list")).toMatch(/GitHub of acme +github +never/);
    expect(await table("git-connection", "list")).not.toContain(secret);
    const rotated = await shown("git-connection", "rotate-secret", "GitHub of acme", "--yes");
    expect(rotated).toMatch(/hcg_/);
    expect(rotated).not.toContain(secret);
    const hook = await connectGithub(app, "Other");
    await hook.send(pullRequestEvent({ number: 3, body: `See ${key}.` }));
    await hook.send(pullRequestEvent(), { secret: "another" });
    expect(await table("git-connection", "list")).toMatch(/another secret at/);
    expect(await table("pull-request", "list")).toContain(`(${key})`);
    await shown("git-connection", "delete", "Other", "--yes");
    const { items } = await json<{ items: GitConnection[] }>("git-connection", "list");
    expect(items.map(({ name }) => name)).toEqual(["GitHub of acme"]);
    expect((await json<{ items: unknown[] }>("pull-request", "list")).items).toHaveLength(1);
  });
});
