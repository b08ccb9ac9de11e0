import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { findFoundSessions } from "./found-sessions.ts";
import { addTokens, noTokens, type TokenCounts } from "./kit/token-counts.ts";
import type { MachinePlace } from "./machine-place.ts";
import { readCalls } from "./read-calls.ts";
import { createReadingReport } from "./reading-report.ts";
import { sessionClis } from "./session-clis.ts";
import type { SessionFile } from "./session-file.ts";
import { type SessionCliId, sessionCliIds, type SessionUsage } from "./session-usage.ts";

/** What the model server served, call by call, while the CLI wrote the files beside it. */
type ServedCall = {
  readonly turn: string;
  readonly session: string;
  readonly rule: string;
  readonly model: string;
  readonly input: number;
  readonly cacheRead: number;
  readonly cacheWrite: number;
  readonly output: number;
  readonly reasoning: number;
};
type Recording = { readonly cli: SessionCliId; readonly calls: readonly ServedCall[] };
type Sums = Readonly<Record<string, TokenCounts>>;

const folder = new URL("../fixtures/", import.meta.url);
const names = readdirSync(folder);

/** Whose files or whose provider have no count of cache writes; they are plain input there. */
const withoutCacheWrites = [
  "gemini",
  "gemini-0.20.0",
  "opencode",
  "qwen",
  "kimi",
  "codex-0.100.0",
  "codex-0.50.0",
];
/** Whose files do not tell reasoning from the rest of the output. */
const withoutReasoning = ["claude", "claude-2.0.0", "pi", "kimi"];
/** Whose forks begin with a copy of two calls in a file of their own. */
const copyingHistory = ["claude", "claude-2.0.0", "qwen", "pi", "kimi", "codex-0.100.0"];

function placeOf(name: string): MachinePlace {
  return { home: fileURLToPath(new URL(`${name}/home`, folder)), environment: {} };
}

function recordingOf(name: string): Recording {
  return JSON.parse(readFileSync(new URL(`${name}/meta.json`, folder), "utf8"));
}

function findFiles(name: string): Promise<readonly SessionFile[]> {
  return sessionClis[recordingOf(name).cli].find(placeOf(name));
}

async function read(
  files: readonly SessionFile[],
  known: readonly SessionFile[] = [],
): Promise<{ readonly usages: readonly SessionUsage[]; readonly repeated: number }> {
  const report = createReadingReport();
  const usages: SessionUsage[] = [];
  const steps = readCalls({ files, known, report });
  for (;;) {
    const { done, value } = await steps.next();
    if (done) {
      if (report.brokenLines + report.unreadable.length > 0)
        throw new Error(JSON.stringify(report));
      return { usages, repeated: value };
    }
    if (value.type === "call") usages.push(value.usage);
  }
}

function sumOf<Item>(
  items: readonly Item[],
  name: (item: Item) => string,
  counts: (item: Item) => TokenCounts,
): Sums {
  const sums: Record<string, TokenCounts> = {};
  for (const item of items) {
    sums[name(item)] = addTokens(sums[name(item)] ?? noTokens, counts(item));
  }
  return sums;
}

function sumsOf(usages: readonly SessionUsage[]): Sums {
  return sumOf(usages, ({ sessionId, model }) => `${sessionId} ${model}`, pick);
}

function pick({ input, cacheRead, cacheWrite5m, cacheWrite1h, output, reasoning }: TokenCounts) {
  return { input, cacheRead, cacheWrite5m, cacheWrite1h, output, reasoning };
}

function asCounts(name: string, call: ServedCall): TokenCounts {
  const isPlain = withoutCacheWrites.includes(name);
  return {
    input: call.input + (isPlain ? call.cacheWrite : 0),
    cacheRead: call.cacheRead,
    cacheWrite5m: isPlain ? 0 : call.cacheWrite,
    cacheWrite1h: 0,
    output: call.output,
    reasoning: withoutReasoning.includes(name) ? 0 : call.reasoning,
  };
}

describe.each(names)("session files that %s wrote", (name) => {
  const { cli, calls } = recordingOf(name);
  const kept = calls.filter(({ rule }) => rule !== "side request");
  const served = sumOf(
    kept,
    ({ session, model }) => `${session} ${model}`,
    (call) => asCounts(name, call),
  );

  it("add up to what was served, per session and model, whatever forks and resumed sessions repeat", async () => {
    const { usages, repeated } = await read(await findFiles(name));
    expect(sumsOf(usages)).toEqual(served);
    expect(usages).toHaveLength(kept.length);
    expect(repeated).toBe(copyingHistory.includes(name) ? 2 : 0);
  });

  it("tell the same calls in whatever order the files are read", async () => {
    const files = await findFiles(name);
    expect(sumsOf((await read(files.toReversed())).usages)).toEqual(served);
  });

  it("tell the same calls when each file is read by itself, with the others known", async () => {
    const files = await findFiles(name);
    const byKey = new Map<string, SessionUsage>();
    for (const file of files) {
      const others = files.filter((other) => other !== file);
      for (const usage of (await read([file], others)).usages) byKey.set(usage.key, usage);
    }
    expect(sumsOf([...byKey.values()])).toEqual(served);
  });

  it("leave out no calls but those that the CLI is said not to record", () => {
    const left = calls.filter(({ rule }) => rule === "side request");
    expect(left.length === 0 || sessionClis[cli].gap !== null).toBe(true);
    const turns = kept.map(({ turn }) => turn);
    expect(turns).toEqual(expect.arrayContaining(["plain", "tool", "resume"]));
  });

  it("are found by their times alone", async () => {
    const sessions = new Set(calls.map(({ session }) => session)).size;
    const day: unknown = expect.stringMatching(/^\d{4}-\d\d-\d\d$/);
    expect(await findFoundSessions(placeOf(name))).toEqual([
      { cli, sessions, firstDay: day, lastDay: day },
    ]);
  });
});

it("every CLI has files that it wrote itself", () => {
  expect(new Set(names.map((name) => recordingOf(name).cli))).toEqual(new Set(sessionCliIds));
});

it("subagents are told apart from the session that they work for", async () => {
  for (const name of ["claude", "claude-2.0.0", "opencode"]) {
    const { usages } = await read(await findFiles(name));
    expect(usages.filter(({ role }) => role === "subagent")).toHaveLength(1);
  }
});

it("a fork whose original is gone still tells what it has taken over", async () => {
  for (const name of copyingHistory) {
    const files = await findFiles(name);
    const fork = recordingOf(name).calls.find(({ turn }) => turn === "fork")?.session ?? "";
    const own = files.filter(({ path }) => path.includes(fork));
    expect((await read(own)).usages).toHaveLength(3);
  }
});
