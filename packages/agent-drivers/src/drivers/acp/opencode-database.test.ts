import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { RunOptions } from "../../core/types.ts";
import { findOpencodeCalls } from "./opencode-database.ts";

let root: string;
let file: string;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "opencode-database-"));
  mkdirSync(join(root, "opencode"));
  file = join(root, "opencode", "opencode.db");
});

afterEach(() => rmSync(root, { recursive: true, force: true }));

function options(startedAtMs: number): RunOptions {
  return {
    executable: "opencode",
    launchPrefix: [],
    extraArguments: [],
    workDirectory: root,
    prompt: "",
    model: null,
    effort: null,
    resumeSessionId: null,
    systemPrompt: null,
    mcpConfig: null,
    privateDirectory: root,
    environment: { XDG_DATA_HOME: root },
    marker: "",
    startedAtMs,
  };
}

/** The columns that are read, with the values of a real session in two runs and a subagent's. */
function writeSession(): void {
  using database = new DatabaseSync(file);
  database.exec(`
    create table session (id text primary key, parent_id text);
    create table message (id text primary key, session_id text, data text);
    create table part (id text primary key, message_id text, session_id text, time_created integer, data text);
    insert into session values ('ses_1', null), ('ses_child', 'ses_1'), ('ses_other', null);`);
  const step = (id: string, session: string, time: number, tokens: object): void => {
    const message = JSON.stringify({
      role: "assistant",
      modelID: "fake-large",
      providerID: "Fake",
    });
    database.prepare("insert into message values (?, ?, ?)").run(`msg_${id}`, session, message);
    const data = JSON.stringify({ type: "step-finish", reason: "stop", tokens, cost: 0.1 });
    database
      .prepare("insert into part values (?, ?, ?, ?, ?)")
      .run(id, `msg_${id}`, session, time, data);
  };
  step("prt_1", "ses_1", 100, {
    input: 1316,
    output: 40,
    reasoning: 13,
    cache: { write: 0, read: 211 },
  });
  step("prt_2", "ses_1", 110, {
    input: 1614,
    output: 22,
    reasoning: 7,
    cache: { write: 0, read: 409 },
  });
  step("prt_3", "ses_child", 120, {
    input: 5,
    output: 6,
    reasoning: 0,
    cache: { write: 8, read: 7 },
  });
  step("prt_4", "ses_other", 130, {
    input: 9,
    output: 9,
    reasoning: 9,
    cache: { write: 9, read: 9 },
  });
  step("prt_5", "ses_1", 200, {
    input: 2062,
    output: 31,
    reasoning: 0,
    cache: { write: 0, read: 809 },
  });
  database
    .prepare("insert into part values ('prt_6', 'msg_prt_1', 'ses_1', 140, ?)")
    .run(JSON.stringify({ type: "text", text: "hello" }));
}

describe("findOpencodeCalls", () => {
  it("takes the steps of a run and of its subagents, and nobody else's", () => {
    writeSession();
    const calls = findOpencodeCalls(options(105), "ses_1");
    expect(
      calls.map(({ id, role, reading }) => ({
        id,
        role,
        model: reading.model,
        provider: reading.provider,
      })),
    ).toEqual([
      { id: "prt_2", role: "main", model: "fake-large", provider: "fake" },
      { id: "prt_3", role: "subagent", model: "fake-large", provider: "fake" },
      { id: "prt_5", role: "main", model: "fake-large", provider: "fake" },
    ]);
    expect(calls.map(({ reading }) => reading.counts)).toMatchObject([
      { input: 1614, cacheRead: 409, cacheWrite5m: 0, output: 29, reasoning: 7 },
      { input: 5, cacheRead: 7, cacheWrite5m: 8, output: 6, reasoning: 0 },
      { input: 2062, cacheRead: 809, cacheWrite5m: 0, output: 31, reasoning: 0 },
    ]);
  });

  it("finds nothing where there is no database", () => {
    expect(findOpencodeCalls(options(0), "ses_1")).toEqual([]);
  });

  it("throws at a database of another version, which its caller takes for no records", () => {
    using database = new DatabaseSync(file);
    database.exec("create table session (key text)");
    expect(() => findOpencodeCalls(options(0), "ses_1")).toThrow(/no such column|no such table/);
  });
});
