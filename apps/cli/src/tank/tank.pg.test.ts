import { stripVTControlCharacters } from "node:util";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { agents } from "@headcount/contract/agents/routes";
import { holdAgent } from "@headcount/server/runaway/hold-agent";
import { asSystem } from "@headcount/server/testing/as-system";
import type { TestApp } from "@headcount/server/testing/test-app";
import { displayWidth } from "../output/display-width.ts";
import type { FakeMachine } from "../testing/fake-io.fixture.ts";
import { createServedMachine, type ServedMachine } from "../testing/served-machine.fixture.ts";

describe("the tank, held agents and notices on the command line", () => {
  let served: ServedMachine;
  let app: TestApp;
  let machine: FakeMachine;
  beforeAll(async () => {
    served = await createServedMachine();
    ({ app, machine } = served);
  });
  afterAll(() => served[Symbol.asyncDispose]());

  const done = async (...words: readonly string[]): Promise<string> => {
    const result = await machine.run([...words], { columns: 80 });
    expect([words, result.code, result.stderr]).toEqual([words, 0, expect.any(String)]);
    return stripVTControlCharacters(result.stdout);
  };
  /** Tables are cut to 80 columns. */
  const table = async (...words: readonly string[]): Promise<string> => {
    const text = await done(...words);
    expect(Math.max(...text.split("\n").map(displayWidth))).toBeLessThanOrEqual(80);
    return text;
  };
  const json = async <T>(...words: readonly string[]): Promise<T> =>
    JSON.parse((await machine.run([...words, "--output", "json"])).stdout) as T;

  test("is filled, corrected and shown", async () => {
    expect((await machine.run(["tank", "status"])).stderr).toContain("There is no tank yet");
    expect(await done("tank", "top-up", "500", "--key", "invoice 7", "--note", "November")).toMatch(
      /Balance +\$500\.00 of \$500\.00 \(100 %\)/,
    );
    await done("tank", "top-up", "500", "--key", "invoice 7");
    const history = await json<{ items: { id: string }[] }>("tank", "history");
    expect(history.items).toHaveLength(1);
    const entry = history.items[0]?.id ?? "";
    await done("tank", "correct", entry, "--amount=-450", "--note", "One zero too many");
    expect(await table("tank", "history")).toMatch(/-?\$-?450\.00/);
    expect(await done("tank", "settings", "--when-empty", "stop")).toContain(
      "running tasks stop as well",
    );
    expect(await done("tank", "top-up", "20", "--member", "Bob")).toContain("Bob");
    const status = await json<{ workspace: { balance: string }; members: unknown[] }>(
      "tank",
      "status",
    );
    expect(status).toMatchObject({ workspace: { balance: "50" }, members: [{ balance: "20" }] });
    expect((await machine.run(["tank", "settings", "--when-empty", "explode"])).code).not.toBe(0);
  });

  test("held agents are told, shown and let go on", async () => {
    const ada = await app.alice.call(agents.create, { workspace: "acme", name: "Ada" });
    await asSystem(app, (ctx) =>
      holdAgent(
        ctx,
        { id: ada.id, name: ada.name, releasedAt: null },
        { finding: { kind: "trigger_storm", tasks: 12, onOneIssue: true }, issueId: null },
      ),
    );
    expect(await table("agent", "held")).toContain("Ada was started 12 times");
    expect(await table("notice", "list", "--unread")).toContain("Ada is held");
    expect(await done("notice", "read")).toContain("Nothing is unread.");
    expect(await done("agent", "release", "Ada", "--note", "A test")).toContain("Ada goes on.");
    const { items } = await json<{ items: unknown[] }>("agent", "held", "--all");
    expect(items).toHaveLength(1);
  });

  test("a webhook is set, shown and removed", async () => {
    const set = await json<{ secret: string }>("notice", "webhook-set", "https://example.com/hook");
    expect(set.secret).toMatch(/^hcs_/);
    const off = [
      "notice",
      "webhook-set",
      "https://example.com/hook",
      "--type",
      "tank_low",
      "--off",
    ];
    expect(await done(...off)).toMatch(/State +off/);
    expect(await done("notice", "webhook")).toContain("https://example.com/hook");
    const refused = await machine.run(["notice", "webhook-set", "https://127.0.0.1/"]);
    expect(refused.code).not.toBe(0);
    expect(refused.stderr).toContain("not on the public internet");
    await done("notice", "webhook-remove", "--yes");
    expect((await machine.run(["notice", "webhook"])).stderr).toContain("Nowhere yet");
  });
});
