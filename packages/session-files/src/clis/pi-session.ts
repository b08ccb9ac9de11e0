import { createCallList } from "../kit/call-list.ts";
import { decimalUsd } from "../kit/decimal-usd.ts";
import { instantOf } from "../kit/instant.ts";
import { countAt, isJsonObject, type JsonObject, objectAt, textAt } from "../kit/json.ts";
import { sessionUsageOf } from "../kit/session-usage-of.ts";
import type { TokenCounts } from "../kit/token-counts.ts";
import type { SessionUsage } from "../session-usage.ts";

export type PiSession = {
  line(line: JsonObject): void;
  calls(): readonly SessionUsage[];
};

/**
 * Reads one session file of Pi (format 3). Usage stands on assistant messages, on summaries and in
 * entries of its own. A fork begins with its parent's entries, which keep their ids and times.
 */
export function createPiSession(fileName: string): PiSession {
  const calls = createCallList();
  let sessionId = /_([^_]+)$/.exec(fileName)?.[1] ?? fileName;
  let startedAt = "";
  let parentId: string | null = null;
  let provider: string | null = null;
  let model = "pi";

  const begin = (line: JsonObject): void => {
    sessionId = textAt(line, "id") ?? sessionId;
    startedAt = instantOf(line["timestamp"]) ?? "";
    parentId = /_([^_/\\]+)\.jsonl$/.exec(textAt(line, "parentSession") ?? "")?.[1] ?? null;
  };

  return {
    line(line) {
      if (line["type"] === "session") return begin(line);
      const message = objectAt(line, "message");
      const speaker = line["type"] === "message" ? message : line;
      if (line["type"] === "message" && message["role"] !== "assistant") return;
      provider = textAt(speaker, "provider")?.toLowerCase() ?? provider;
      model = textAt(speaker, "model") ?? textAt(speaker, "modelId") ?? model;
      const usage = speaker["usage"];
      const usedAt = instantOf(line["timestamp"]) ?? instantOf(speaker["timestamp"]);
      if (!isJsonObject(usage) || usedAt === null) return;
      const entry = `${usedAt}:${textAt(line, "id") ?? ""}`;
      calls.add(
        sessionUsageOf({
          key: `pi:${textAt(speaker, "responseId") ?? entry}`,
          sessionId: parentId !== null && usedAt < startedAt ? parentId : sessionId,
          provider,
          model,
          role: line["type"] === "message" ? "main" : "auxiliary",
          usedAt,
          counts: countsOf(usage),
          reportedCostUsd: decimalUsd(objectAt(usage, "cost")["total"]),
          raw: usage,
        }),
      );
    },
    calls: () => calls.list(),
  };
}

/** The classes are disjoint; what is written for an hour is a part of what is written to the cache. */
function countsOf(usage: JsonObject): TokenCounts {
  const written = countAt(usage, "cacheWrite");
  const hourly = Math.min(written, countAt(usage, "cacheWrite1h"));
  const output = countAt(usage, "output");
  return {
    input: countAt(usage, "input"),
    cacheRead: countAt(usage, "cacheRead"),
    cacheWrite5m: written - hourly,
    cacheWrite1h: hourly,
    output,
    reasoning: Math.min(output, countAt(usage, "reasoning")),
  };
}
