import { readFile } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { type CallList, createCallList } from "../kit/call-list.ts";
import { instantOf } from "../kit/instant.ts";
import {
  countAt,
  isJsonObject,
  type JsonObject,
  objectAt,
  objectsAt,
  parseJsonObject,
  textAt,
} from "../kit/json.ts";
import { listFiles } from "../kit/list-files.ts";
import { longestLineBytes, readJsonLines } from "../kit/read-json-lines.ts";
import { sessionUsageOf } from "../kit/session-usage-of.ts";
import type { TokenCounts } from "../kit/token-counts.ts";
import { foldersOf } from "../machine-place.ts";
import type { SessionCli } from "../session-cli.ts";
import type { SessionUsage } from "../session-usage.ts";

/**
 * Gemini CLI: `.gemini/tmp/<project>/chats/session-<time>-<start of the id>.jsonl`; older versions
 * wrote one JSON object per session, `….json`. Subagents have files in a folder named after the session.
 */
export const geminiSessions: SessionCli = {
  id: "gemini",
  title: "Gemini CLI",
  gap: "Gemini CLI keeps no record of requests beside the conversation, and counts cache writes as plain input.",
  async find(place) {
    const homes = foldersOf(place, "GEMINI_CLI_HOME", [place.home]);
    const listed = await Promise.all(
      homes.map((home) => listFiles(join(home, ".gemini", "tmp"), /(^|\/)chats\/.*\.jsonl?$/)),
    );
    return listed.flat().map(({ path, below, sizeBytes, modifiedAtMs }) => ({
      cli: "gemini",
      path,
      sizeBytes,
      modifiedAtMs,
      startsSession: /(^|\/)chats\/session-[^/]*$/.test(below),
    }));
  },
  async *read({ path, sizeBytes }, report) {
    const calls = createCallList();
    const chat = createChat(path, calls);
    if (path.endsWith(".jsonl")) {
      const marks = ['"sessionId"', '"tokens"'];
      await readJsonLines({ path, marks, report, onLine: chat });
    } else {
      if (sizeBytes > longestLineBytes) throw new Error("The file is too large.");
      const whole = parseJsonObject(await readFile(path, "utf8"));
      if (whole === null) report.brokenLines += 1;
      else chat(whole);
    }
    yield* calls.list();
  },
};

/**
 * Takes lines of any kind: heads that name the session, messages (repeated when their tool calls
 * are done), and states that repeat the messages of a resumed session.
 */
function createChat(path: string, calls: CallList): (line: JsonObject) => void {
  const folder = basename(dirname(path));
  // A file beside the sessions' own is a subagent's, in a folder named after its session.
  const parent = folder === "chats" ? null : folder;
  let sessionId = parent ?? basename(path).replace(/\.jsonl?$/, "");
  return (line) => {
    const state = objectAt(line, "$set");
    const named = textAt(line, "sessionId") ?? textAt(state, "sessionId");
    if (parent === null && named !== null) sessionId = named;
    const role = parent === null ? "main" : "subagent";
    const messages = [line, ...objectsAt(line, "messages"), ...objectsAt(state, "messages")];
    for (const message of messages) calls.add(callOf(message, sessionId, role));
  };
}

function callOf(
  message: JsonObject,
  sessionId: string,
  role: "main" | "subagent",
): SessionUsage | null {
  const tokens = message["tokens"];
  const id = textAt(message, "id");
  const usedAt = instantOf(message["timestamp"]);
  if (message["type"] !== "gemini" || !isJsonObject(tokens)) return null;
  if (id === null || usedAt === null) return null;
  return sessionUsageOf({
    key: `gemini:${id}`,
    sessionId,
    provider: "google",
    model: textAt(message, "model") ?? "gemini",
    role,
    usedAt,
    counts: countsOf(tokens),
    raw: tokens,
  });
}

/** `input` contains what was cached; thinking and the input of built-in tools are counted apart. */
function countsOf(tokens: JsonObject): TokenCounts {
  const input = countAt(tokens, "input");
  const cacheRead = Math.min(input, countAt(tokens, "cached"));
  const reasoning = countAt(tokens, "thoughts");
  return {
    input: input - cacheRead + countAt(tokens, "tool"),
    cacheRead,
    cacheWrite5m: 0,
    cacheWrite1h: 0,
    output: countAt(tokens, "output") + reasoning,
    reasoning,
  };
}
