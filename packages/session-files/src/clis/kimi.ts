import { readFile } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { listFiles } from "../kit/list-files.ts";
import { instantOf } from "../kit/instant.ts";
import { countAt, isJsonObject, type JsonObject, parseJsonObject, textAt } from "../kit/json.ts";
import { readJsonLines } from "../kit/read-json-lines.ts";
import { sessionUsageOf } from "../kit/session-usage-of.ts";
import type { TokenCounts } from "../kit/token-counts.ts";
import { foldersOf } from "../machine-place.ts";
import type { SessionCli } from "../session-cli.ts";
import type { SessionUsage } from "../session-usage.ts";

/**
 * Kimi Code: `sessions/<work directory>/<session>/agents/<agent>/wire.jsonl`, a `usage.record` per
 * call. Records have no id; the millisecond and the figures of a call name it, and a fork's copy of
 * the history keeps both.
 */
export const kimiSessions: SessionCli = {
  id: "kimi",
  title: "Kimi Code",
  gap: null,
  async find(place) {
    const homes = foldersOf(place, "KIMI_CODE_HOME", [join(place.home, ".kimi-code")]);
    const listed = await Promise.all(
      homes.map((home) => listFiles(join(home, "sessions"), /\/agents\/[^/]+\/wire\.jsonl$/)),
    );
    return listed.flat().map(({ path, sizeBytes, modifiedAtMs }) => ({
      cli: "kimi",
      path,
      sizeBytes,
      modifiedAtMs,
      startsSession: agentOf(path) === "main",
    }));
  },
  async *read({ path }, report) {
    const sessionFolder = dirname(dirname(dirname(path)));
    const sessionId = basename(sessionFolder);
    const agent = agentOf(path);
    let provider: string | null = null;
    let calls: SessionUsage[] = [];
    let inherited: readonly SessionUsage[] = [];
    const onLine = (line: JsonObject): void => {
      if (line["type"] === "llm.request") provider = providerOf(line);
      if (line["type"] === "forked") {
        inherited = [...inherited, ...calls];
        calls = [];
      }
      const call = callOf(line, { sessionId, agent, provider });
      if (call !== null) calls.push(call);
    };
    const marks = ['"usage.record"', '"llm.request"', '"forked"'];
    await readJsonLines({ path, marks, report, onLine });
    if (inherited.length > 0) {
      const parent = await parentOf(sessionFolder);
      yield* inherited.map((call) => ({ ...call, sessionId: parent ?? sessionId }));
    }
    yield* calls;
  },
};

function agentOf(path: string): string {
  return basename(dirname(path));
}

/** Session from which a session was forked. */
async function parentOf(sessionFolder: string): Promise<string | null> {
  // Without that file nobody knows, and the history is taken for the fork's own.
  const text = await readFile(join(sessionFolder, "state.json"), "utf8").catch(() => "");
  return textAt(parseJsonObject(text) ?? {}, "forkedFrom");
}

/** What is said is the protocol: only its maker's own tells who sells the model. */
function providerOf(line: JsonObject): string | null {
  return textAt(line, "provider")?.toLowerCase() === "kimi" ? "moonshotai" : null;
}

function callOf(
  line: JsonObject,
  from: { readonly sessionId: string; readonly agent: string; readonly provider: string | null },
): SessionUsage | null {
  const usage = line["usage"];
  const usedAt = instantOf(line["time"]);
  if (line["type"] !== "usage.record" || !isJsonObject(usage) || usedAt === null) return null;
  const model = textAt(line, "model") ?? "kimi";
  const counts = countsOf(usage);
  const { input, cacheRead, cacheWrite5m, output } = counts;
  const agent = from.agent === "main" ? "main" : "subagent";
  return sessionUsageOf({
    key: `kimi:${[usedAt, from.agent, model, input, cacheRead, cacheWrite5m, output].join(":")}`,
    sessionId: from.sessionId,
    provider: from.provider,
    model,
    role: line["usageScope"] === "session" ? "auxiliary" : agent,
    usedAt,
    counts,
    raw: usage,
  });
}

/** The classes are disjoint. */
function countsOf(usage: JsonObject): TokenCounts {
  return {
    input: countAt(usage, "inputOther"),
    cacheRead: countAt(usage, "inputCacheRead"),
    cacheWrite5m: countAt(usage, "inputCacheCreation"),
    cacheWrite1h: 0,
    output: countAt(usage, "output"),
    reasoning: 0,
  };
}
