import { basename, join } from "node:path";
import { createCallList } from "../kit/call-list.ts";
import { decimalUsd } from "../kit/decimal-usd.ts";
import { instantOf } from "../kit/instant.ts";
import { countAt, isJsonObject, type JsonObject, objectAt, textAt } from "../kit/json.ts";
import { listFiles } from "../kit/list-files.ts";
import { readJsonLines } from "../kit/read-json-lines.ts";
import { sessionUsageOf } from "../kit/session-usage-of.ts";
import type { TokenCounts } from "../kit/token-counts.ts";
import { foldersOf, type MachinePlace } from "../machine-place.ts";
import type { SessionCli } from "../session-cli.ts";
import type { SessionUsage } from "../session-usage.ts";

/**
 * Claude Code: `projects/<work directory>/<session>.jsonl`, subagents in
 * `<session>/subagents/agent-<id>.jsonl`, in older versions in `agent-<id>.jsonl` beside it.
 */
export const claudeSessions: SessionCli = {
  id: "claude",
  title: "Claude Code",
  gap: "Claude Code keeps no record of requests beside the conversation, such as titles.",
  async find(place) {
    const listed = await Promise.all(
      homesOf(place).map((folder) => listFiles(join(folder, "projects"), /\.jsonl$/)),
    );
    return listed.flat().map(({ path, below, sizeBytes, modifiedAtMs }) => ({
      cli: "claude",
      path,
      sizeBytes,
      modifiedAtMs,
      startsSession: !/(^|\/)(subagents\/|agent-)/.test(below),
    }));
  },
  async *read({ path }, report) {
    const calls = createCallList();
    const marks = ['"assistant"'];
    const fileSession = basename(path, ".jsonl");
    await readJsonLines({
      path,
      marks,
      report,
      onLine: (line) => calls.add(callOf(line, fileSession)),
    });
    yield* calls.list();
  },
};

function homesOf(place: MachinePlace): readonly string[] {
  const { home, environment } = place;
  const config = environment["XDG_CONFIG_HOME"] || join(home, ".config");
  return foldersOf(place, "CLAUDE_CONFIG_DIR", [join(home, ".claude"), join(config, "claude")]);
}

/**
 * A message comes as one line per content block, each with the usage known by then. A fork repeats
 * the history under its own session id: newer versions say which session made the request, older
 * ones (seen in 2.0) leave the request's id out and write the time of the fork.
 */
function callOf(line: JsonObject, fileSession: string): SessionUsage | null {
  const message = objectAt(line, "message");
  const model = textAt(message, "model");
  const usage = message["usage"];
  const usedAt = instantOf(line["timestamp"]);
  if (line["type"] !== "assistant" || model === null || model === "<synthetic>") return null;
  if (!isJsonObject(usage) || usedAt === null) return null;
  const id = textAt(message, "id");
  const counts = countsOf(usage);
  const origin = textAt(line, "requestSessionId");
  return sessionUsageOf({
    key: `claude:${nameOf(id, counts) ?? `line:${textAt(line, "uuid") ?? usedAt}`}`,
    sessionId: origin ?? textAt(line, "sessionId") ?? fileSession,
    provider: providerOf(model, id ?? ""),
    model,
    role: line["isSidechain"] === true ? "subagent" : "main",
    usedAt,
    counts,
    reportedCostUsd: decimalUsd(line["costUSD"]),
    isCopy: origin === null && textAt(line, "requestId") === null,
    raw: usage,
  });
}

/**
 * Anthropic's message ids are unique. Other servers that speak the protocol may use an id again;
 * there what was sent belongs to the name. The request's id cannot: copies lack it.
 */
function nameOf(id: string | null, counts: TokenCounts): string | null {
  if (id === null || id.startsWith("msg_")) return id;
  const { input, cacheRead, cacheWrite5m, cacheWrite1h } = counts;
  return [id, input, cacheRead, cacheWrite5m, cacheWrite1h].join(":");
}

/** Ids of the cloud providers carry their mark. A model of another maker is sold by whom nobody says. */
function providerOf(model: string, messageId: string): string | null {
  if (messageId.startsWith("msg_bdrk_")) return "amazon-bedrock";
  if (messageId.startsWith("msg_vrtx_")) return "google-vertex";
  return /claude/i.test(model) ? "anthropic" : null;
}

/** The classes of an Anthropic message are disjoint. */
function countsOf(usage: JsonObject): TokenCounts {
  const written = countAt(usage, "cache_creation_input_tokens");
  const byLife = objectAt(usage, "cache_creation");
  const hourly = Math.min(written, countAt(byLife, "ephemeral_1h_input_tokens"));
  const output = countAt(usage, "output_tokens");
  const thinking = countAt(objectAt(usage, "output_tokens_details"), "thinking_tokens");
  return {
    input: countAt(usage, "input_tokens"),
    cacheRead: countAt(usage, "cache_read_input_tokens"),
    cacheWrite5m: written - hourly,
    cacheWrite1h: hourly,
    output,
    reasoning: Math.min(output, thinking),
  };
}
