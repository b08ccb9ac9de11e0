import { cp, mkdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { usage } from "@headcount/contract/usage/routes";
import { createTestApp, type TestApp } from "@headcount/server/testing/test-app";
import { sessionCliIds } from "@headcount/session-files/session-usage";
import { FakeMachine, type RunResult } from "../../testing/fake-io.fixture.ts";
import { RecordingServer } from "../../testing/recording-server.fixture.ts";
import { type ServedMachine, serveMachine } from "../../testing/served-machine.fixture.ts";
import type { ImportOutcome } from "./import-sessions.ts";

const fixtures = fileURLToPath(
  new URL("../../../../../packages/session-files/fixtures/", import.meta.url),
);

/** Puts the sessions that real CLIs have written into a home. */
async function putSessions(home: string): Promise<number> {
  let servedTokens = 0;
  // Other versions were served by a model server that numbers its replies in the same way.
  for (const cli of sessionCliIds) {
    await cp(path.join(fixtures, cli, "home"), home, { recursive: true });
    const meta = await readFile(path.join(fixtures, cli, "meta.json"), "utf8");
    for (const call of (JSON.parse(meta) as { calls: ServedCall[] }).calls) {
      if (call.rule === "side request") continue;
      servedTokens += call.input + call.cacheRead + call.cacheWrite + call.output;
    }
  }
  return servedTokens;
}

type ServedCall = {
  readonly rule: string;
  readonly input: number;
  readonly cacheRead: number;
  readonly cacheWrite: number;
  readonly output: number;
};

function outcomeOf(result: RunResult): ImportOutcome {
  expect([result.code, result.stderr]).toEqual([0, ""]);
  return JSON.parse(result.stdout) as ImportOutcome;
}

const sum = (
  { clis }: ImportOutcome,
  name: "events" | "stored" | "duplicate" | "rejected" | "files" | "unchangedFiles",
): number => clis.reduce((total, row) => total + row[name], 0);

describe("usage import against a server", () => {
  let served: ServedMachine;
  let app: TestApp;
  let machine: FakeMachine;
  let servedTokens = 0;
  const run = (...words: readonly string[]): Promise<RunResult> =>
    machine.run(["usage", "import", ...words]);
  const booked = async () => {
    const { total } = await app.alice.call(usage.daily, { workspace: "acme", days: 365 });
    return { events: total.events, tokens: Number(total.tokens.total) };
  };

  beforeAll(async () => {
    app = await createTestApp();
    served = await serveMachine(app, { person: app.bob });
    ({ machine } = served);
    servedTokens = await putSessions(machine.home);
  });
  afterAll(() => served[Symbol.asyncDispose]());

  it("says what it would bring in, and sends nothing", async () => {
    const outcome = outcomeOf(await run("--dry-run", "--output", "json"));
    expect(outcome.clis.map(({ cli }) => cli)).toEqual([...sessionCliIds]);
    expect(outcome.clis.reduce((tokens, row) => tokens + Number(row.tokens), 0)).toBe(servedTokens);
    expect(sum(outcome, "stored")).toBe(0);
    expect(await booked()).toEqual({ events: 0, tokens: 0 });
  });

  it("books what was served to the CLIs, each call once", async () => {
    const first = outcomeOf(await run("claude", "codex", "--output", "json"));
    expect(first.clis.map(({ cli }) => cli)).toEqual(["claude", "codex"]);
    const rest = outcomeOf(await run("--output", "json"));
    expect(sum(first, "stored") + sum(rest, "stored")).toBe(
      sum(first, "events") + sum(rest, "events"),
    );
    expect(await booked()).toEqual({
      events: sum(first, "events") + sum(rest, "events"),
      tokens: servedTokens,
    });
    const { differences } = await app.alice.call(usage.verify, { workspace: "acme" });
    expect(differences).toEqual([]);
  });

  it("reads nothing again that has not changed, and books nothing again that it reads", async () => {
    const before = await booked();
    const second = outcomeOf(await run("--output", "json"));
    expect(sum(second, "files")).toBe(0);
    expect(sum(second, "unchangedFiles")).toBeGreaterThan(15);
    const again = outcomeOf(await run("--again", "--output", "json"));
    expect(sum(again, "duplicate")).toBe(before.events);
    expect(sum(again, "stored")).toBe(0);
    expect(await booked()).toEqual(before);
  });

  it("leaves out what was used before a day", async () => {
    const outcome = outcomeOf(await run("--again", "--since", "2035-01-01", "--output", "json"));
    expect(outcome.clis).toEqual([]);
    expect((await run("--since", "someday")).code).toBe(5);
    expect((await run("windsurf")).code).toBe(5);
  });

  it("prints a row per CLI, in the person's language where it is a sentence", async () => {
    const table = await run("claude", "gemini", "--again");
    expect(table.stdout).toMatch(
      /^CLI +FROM +TO +SESSIONS +EVENTS +TOKENS +STORED +DUPLICATE +REJECTED/,
    );
    expect(table.stdout).toMatch(/Claude Code +\d{4}-\d\d-\d\d +\d{4}-\d\d-\d\d +4 +8 /);
    expect(table.stderr).toContain("Gemini CLI keeps no record");
    const chinese = await machine.run(["usage", "import", "claude", "--dry-run"], {
      environment: { HEADCOUNT_LANGUAGE: "zh" },
    });
    expect(chinese.stderr).toContain("去掉 --dry-run");
  });

  it("says so where there is nothing to bring in", async () => {
    await using empty = await FakeMachine.make({
      HEADCOUNT_SERVER_URL: served.listener.url,
      HEADCOUNT_PAT: app.bob.token,
    });
    const result = await empty.run(["usage", "import"]);
    expect([result.code, result.stdout]).toEqual([0, ""]);
    expect(result.stderr).toContain("No session files");
  });
});

describe("an import that is stopped", () => {
  /** Three files of 800 calls each: the second batch ends within the third. */
  async function putLongSessions(home: string): Promise<void> {
    const folder = path.join(home, ".claude", "projects", "-w");
    await mkdir(folder, { recursive: true });
    for (const session of ["a", "b", "c"]) {
      const lines = Array.from({ length: 800 }, (_, number) =>
        JSON.stringify({
          type: "assistant",
          sessionId: session,
          requestId: `req-${session}-${number}`,
          timestamp: "2026-02-03T04:05:06.000Z",
          message: {
            id: `msg-${session}-${number}`,
            model: "claude-sonnet-4-5",
            usage: { input_tokens: 1, output_tokens: 1 },
          },
        }),
      );
      await writeFile(path.join(folder, `${session}.jsonl`), `${lines.join("\n")}\n`);
    }
  }

  it("keeps what was acknowledged, and goes on with the rest", async () => {
    await using server = await RecordingServer.start();
    await using machine = await FakeMachine.make({
      HEADCOUNT_SERVER_URL: server.url,
      HEADCOUNT_PAT: "hcp_any",
    });
    await putLongSessions(machine.home);
    const stop = new AbortController();
    const batches: number[] = [];
    server.answer = ({ body }) => {
      const { records } = JSON.parse(body) as { records: { key: string }[] };
      batches.push(records.length);
      if (batches.length === 2) stop.abort(new Error("SIGINT"));
      return {
        body: { results: records.map(({ key }) => ({ key, result: "stored", reason: null })) },
      };
    };
    const words = ["usage", "import", "--workspace", "acme", "--output", "json"];
    const stopped = await machine.run(words, { signal: stop.signal });
    expect(stopped.code).not.toBe(0);
    expect(stopped.stderr).toContain("run the same command again");
    expect(batches).toEqual([1_000, 1_000]);

    // The first file was acknowledged as a whole; whether the second was, the interruption decides.
    const goneOn = outcomeOf(await machine.run(words));
    expect(goneOn.clis[0]?.files).toBeLessThan(3);
    const sent = new Set(
      server.requests.flatMap(({ body }) =>
        (JSON.parse(body) as { records: { key: string }[] }).records.map(({ key }) => key),
      ),
    );
    expect(sent.size).toBe(2_400);
    expect(outcomeOf(await machine.run(words)).clis[0]).toMatchObject({ files: 0, events: 0 });
  });

  it("starts afresh when its notes are damaged", async () => {
    await using server = await RecordingServer.start();
    await using machine = await FakeMachine.make({
      HEADCOUNT_SERVER_URL: server.url,
      HEADCOUNT_PAT: "hcp_any",
    });
    await putLongSessions(machine.home);
    await mkdir(path.join(machine.home, ".headcount"));
    await writeFile(path.join(machine.home, ".headcount", "usage-import.json"), "{ not json");
    server.answer = () => ({ body: { results: [] } });
    const words = ["usage", "import", "--workspace", "acme", "--output", "json"];
    expect(outcomeOf(await machine.run(words)).clis[0]).toMatchObject({ files: 3, events: 2_400 });
  });
});
