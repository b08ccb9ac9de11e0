import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { findFoundSessions } from "./found-sessions.ts";
import { addTokens, noTokens, type TokenCounts } from "./kit/token-counts.ts";
import type { MachinePlace } from "./machine-place.ts";
import { readSessionFile } from "./read-session-file.ts";
import { createReadingReport } from "./reading-report.ts";
import { createSeenCalls } from "./seen-calls.ts";
import { sessionClis } from "./session-clis.ts";
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
type Sums = Readonly<Record<string, TokenCounts>>;

/** CLIs whose forks begin with a copy of the history in a file of their own. */
const copyingHistory: readonly SessionCliId[] = ["claude", "qwen", "pi", "kimi"];
/** CLIs whose provider has no count of cache writes; they are plain input there. */
const withoutCacheWrites: readonly SessionCliId[] = ["gemini", "opencode", "qwen", "kimi"];
/** CLIs whose files do not tell reasoning from the rest of the output. */
const withoutReasoning: readonly SessionCliId[] = ["claude", "pi", "kimi"];

function placeOf(cli: SessionCliId): MachinePlace {
  const home = fileURLToPath(new URL(`../fixtures/${cli}/home`, import.meta.url));
  return { home, environment: {} };
}

function servedTo(cli: SessionCliId): readonly ServedCall[] {
  const file = new URL(`../fixtures/${cli}/meta.json`, import.meta.url);
  return JSON.parse(readFileSync(file, "utf8")).calls;
}

async function readAll(cli: SessionCliId): Promise<readonly SessionUsage[]> {
  const report = createReadingReport();
  const usages: SessionUsage[] = [];
  for (const file of await sessionClis[cli].find(placeOf(cli))) {
    for await (const usage of readSessionFile(file, report)) usages.push(usage);
  }
  expect(report).toMatchObject({ brokenLines: 0, unreadable: [] });
  return usages;
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

function pick({ input, cacheRead, cacheWrite5m, cacheWrite1h, output, reasoning }: TokenCounts) {
  return { input, cacheRead, cacheWrite5m, cacheWrite1h, output, reasoning };
}

function asCounts(cli: SessionCliId, call: ServedCall): TokenCounts {
  const isPlain = withoutCacheWrites.includes(cli);
  return {
    input: call.input + (isPlain ? call.cacheWrite : 0),
    cacheRead: call.cacheRead,
    cacheWrite5m: isPlain ? 0 : call.cacheWrite,
    cacheWrite1h: 0,
    output: call.output,
    reasoning: withoutReasoning.includes(cli) ? 0 : call.reasoning,
  };
}

describe.each(sessionCliIds)("session files that %s wrote", (cli) => {
  const kept = servedTo(cli).filter(({ rule }) => rule !== "side request");

  it("add up to what was served, per session and model, whatever forks and resumed sessions repeat", async () => {
    const seen = createSeenCalls();
    const once = (await readAll(cli)).filter((usage) => seen.isNews(usage));
    const told = sumOf(once, ({ sessionId, model }) => `${sessionId} ${model}`, pick);
    const served = sumOf(
      kept,
      ({ session, model }) => `${session} ${model}`,
      (call) => asCounts(cli, call),
    );
    expect(told).toEqual(served);
    expect(once).toHaveLength(kept.length);
    expect(seen.repeated()).toBe(copyingHistory.includes(cli) ? 2 : 0);
  });

  it("tell the same calls in whatever order the files are read", async () => {
    const usages = await readAll(cli);
    const backwards = createSeenCalls();
    const once = usages.toReversed().filter((usage) => backwards.isNews(usage));
    const total = (list: readonly SessionUsage[]) =>
      sumOf(list, ({ sessionId }) => sessionId, pick);
    const forwards = createSeenCalls();
    expect(total(once)).toEqual(total(usages.filter((usage) => forwards.isNews(usage))));
  });

  it("leave out no calls but those that the CLI says it does not record", () => {
    const left = servedTo(cli).filter(({ rule }) => rule === "side request");
    const saysSo = /calls that name a session/.test(sessionClis[cli].gap ?? "");
    expect(saysSo).toBe(left.length > 0);
    expect(kept.map(({ turn }) => turn)).toEqual(
      expect.arrayContaining(["plain", "tool", "resume"]),
    );
  });

  it("are found by their times alone", async () => {
    const sessions = new Set(servedTo(cli).map(({ session }) => session)).size;
    expect(await findFoundSessions(placeOf(cli))).toEqual([
      {
        cli,
        sessions,
        firstDay: expect.stringMatching(/^\d{4}-\d\d-\d\d$/),
        lastDay: expect.stringMatching(/^\d{4}-\d\d-\d\d$/),
      },
    ]);
  });
});

it("subagents are told apart from the session that they work for", async () => {
  for (const cli of ["claude", "opencode"] as const) {
    const roles = (await readAll(cli)).filter(({ role }) => role === "subagent");
    expect(roles).toHaveLength(1);
  }
});
