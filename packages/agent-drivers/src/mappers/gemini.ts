import { classifyFailure } from "../core/error-classifier.ts";
import {
  countAt,
  isJsonObject,
  objectAt,
  parseJsonObject,
  stringAt,
  type JsonObject,
} from "../core/json.ts";
import type { MapperInput, RunMapper } from "../core/run-mapper.ts";
import type { RunItem } from "../core/types.ts";
import { noUsage, type UsageCounts } from "../core/usage-counts.ts";
import { createUsageLedger } from "../core/usage-ledger.ts";
import { oneShotResult } from "./one-shot-result.ts";

const gap = "Gemini CLI counts cache writes as plain input.";

/** Reads Gemini CLI's `-o stream-json`. Usage comes with the result only, and only for this run. */
export function createGeminiMapper(input: MapperInput): RunMapper {
  let sessionId: string | null = null;
  let result: JsonObject | null = null;
  let spoken = "";
  const ledger = createUsageLedger({
    source: "gemini.result.stats",
    scope: () => `gemini:${sessionId ?? "run"}`,
  });

  /** Deltas of one reply become one text. */
  const flush = (): readonly RunItem[] => (spoken === "" ? [] : [{ type: "text", text: spoken }]);

  const onResult = (line: JsonObject): readonly RunItem[] => {
    result = line;
    const models = objectAt(objectAt(line, "stats"), "models");
    const items = Object.entries(models).flatMap(([model, stats]) =>
      isJsonObject(stats)
        ? ledger.raise({ model, provider: input.usage.provider, role: "main" }, countsOf(stats), {
            raw: stats,
          })
        : [],
    );
    return [...flush(), ...items];
  };

  const dispatch = (line: JsonObject): readonly RunItem[] => {
    switch (line["type"]) {
      case "init":
        sessionId = stringAt(line, "session_id");
        return sessionId === null ? [] : [{ type: "status", text: "Session started", sessionId }];
      case "message":
        if (line["role"] === "assistant") spoken += stringAt(line, "content") ?? "";
        return [];
      case "tool_use": {
        const said = flush();
        spoken = "";
        const use: RunItem = {
          type: "tool_use",
          callId: stringAt(line, "tool_id") ?? "",
          tool: stringAt(line, "tool_name") ?? "tool",
          input: line["parameters"] ?? {},
        };
        return [...said, use];
      }
      case "tool_result":
        return [
          {
            type: "tool_result",
            callId: stringAt(line, "tool_id") ?? "",
            output: stringAt(line, "output") ?? stringAt(objectAt(line, "error"), "message") ?? "",
            isError: line["status"] === "error",
          },
        ];
      case "result":
        return onResult(line);
      default:
        return [];
    }
  };

  return {
    accept(text) {
      const line = parseJsonObject(text);
      return line === null ? [] : dispatch(line);
    },
    isTerminal: () => result !== null,
    finish(ending) {
      const failed = result !== null && result["status"] !== "success";
      const text = stringAt(objectAt(result ?? {}, "error"), "message") ?? "The run failed.";
      const unfinished = result === null ? flush() : [];
      const run = oneShotResult(
        {
          completed: result !== null && !failed,
          failure: failed
            ? {
                text,
                class: classifyFailure({
                  httpStatus: embeddedCode(text),
                  text: networkWords(text),
                }),
              }
            : null,
          answer: spoken.trim(),
          sessionId,
          resumeRejected: /no previous sessions found|invalid session identifier/i.test(
            ending.stderr,
          ),
          gap,
        },
        ending,
        ledger,
      );
      return { ...run, items: [...unfinished, ...run.items] };
    },
  };
}

/** Input contains the cached part; output leaves thinking out, which only the total contains. */
function countsOf(stats: JsonObject): UsageCounts {
  const sent = countAt(stats, "input_tokens");
  const output = Math.max(countAt(stats, "output_tokens"), countAt(stats, "total_tokens") - sent);
  return {
    ...noUsage,
    input: countAt(stats, "input"),
    cacheRead: countAt(stats, "cached"),
    output,
    reasoning: output - countAt(stats, "output_tokens"),
  };
}

/** The provider's own answer stands as JSON inside the message. */
function embeddedCode(text: string): number | null {
  const code = /"code"\s*:\s*(\d{3})\b/.exec(text)?.[1];
  return code === undefined ? null : Number(code);
}

/** Node's word for a body that was cut off. */
function networkWords(text: string): string {
  return text.replace(/\bterminated\b/i, "connection closed");
}
