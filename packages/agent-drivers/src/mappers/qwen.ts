import { classifyFailure } from "../core/error-classifier.ts";
import {
  arrayAt,
  countAt,
  isJsonObject,
  objectAt,
  parseJsonObject,
  stringAt,
  type JsonObject,
} from "../core/json.ts";
import { createFinalAnswer } from "../core/final-answer.ts";
import type { MapperInput, RunMapper } from "../core/run-mapper.ts";
import type { RunItem, UsageTotals } from "../core/types.ts";
import {
  disjointCounts,
  hasNegative,
  isZero,
  noUsage,
  subtractCounts,
  sumCounts,
  type UsageCounts,
} from "../core/usage-counts.ts";
import { createUsageLedger } from "../core/usage-ledger.ts";
import { countsOfMessageUsage } from "./claude-counts.ts";
import { itemsOfAssistant, itemsOfUser } from "./claude-items.ts";
import { oneShotResult } from "./one-shot-result.ts";

const gap = "Qwen Code counts cache writes as plain input.";

/**
 * Reads Qwen Code's stream-json, which has Claude Code's shape. Each reply states its own usage;
 * the result's total goes on over resumed sessions and also holds requests beside the loop.
 */
export function createQwenMapper(input: MapperInput): RunMapper {
  let sessionId: string | null = null;
  let model = input.model ?? "qwen";
  let result: JsonObject | null = null;
  let total: UsageCounts | null = null;
  let calls = noUsage;
  const answer = createFinalAnswer();
  const provider = input.usage.provider;
  const ledger = createUsageLedger({
    source: "qwen.assistant",
    scope: () => `qwen:${sessionId ?? "run"}`,
  });

  const onAssistant = (line: JsonObject): readonly RunItem[] => {
    const message = objectAt(line, "message");
    const id = stringAt(message, "id") ?? "";
    for (const block of arrayAt(message, "content").filter((entry) => isJsonObject(entry))) {
      const text = stringAt(block, "text");
      if (block["type"] === "tool_use") answer.observe(id, { kind: "tool" });
      if (block["type"] === "text" && text !== null) answer.observe(id, { kind: "text", text });
    }
    const counts = disjoint(objectAt(message, "usage"));
    const role = stringAt(line, "parent_tool_use_id") === null ? "main" : "subagent";
    const owner = { model: stringAt(message, "model") ?? model, provider, role } as const;
    const booked = ledger.call(id, owner, counts, { raw: message["usage"] });
    if (booked.length > 0) calls = sumCounts([calls, counts]);
    return [...itemsOfAssistant(line), ...booked];
  };

  /** What the total holds beyond the replies: requests beside the loop, or earlier runs. */
  const onResult = (line: JsonObject): readonly RunItem[] => {
    result = line;
    total = disjoint(objectAt(line, "usage"));
    const before = input.baseline === null ? noUsage : sumCounts(input.baseline);
    const rest = subtractCounts(subtractCounts(total, before), calls);
    if (isZero(rest)) return [];
    const known = input.baseline !== null && !hasNegative(rest);
    if (!known) {
      ledger.degrade(
        "partial",
        "The CLI's total holds more than the replies of this run: earlier runs or requests beside them.",
      );
      return [];
    }
    return ledger.call("beside", { model, provider, role: "auxiliary" }, rest, {
      raw: line["usage"],
    });
  };

  const dispatch = (line: JsonObject): readonly RunItem[] => {
    switch (line["type"]) {
      case "system":
        if (line["subtype"] === "init") model = stringAt(line, "model") ?? model;
        return /retry/.test(stringAt(line, "subtype") ?? "")
          ? [{ type: "status", text: "Provider retry", retry: true }]
          : [];
      case "assistant":
        return onAssistant(line);
      case "user":
        return itemsOfUser(line);
      case "result":
        return onResult(line);
      default:
        return [];
    }
  };

  return {
    accept(text) {
      const line = parseJsonObject(text);
      if (line === null) return [];
      const id = stringAt(line, "session_id");
      const news: RunItem[] = [];
      if (sessionId === null && id !== null) {
        sessionId = id;
        news.push({ type: "status", text: "Session started", sessionId: id });
      }
      return [...news, ...dispatch(line)];
    },
    isTerminal: () => result !== null,
    finish(ending) {
      const failed =
        result !== null && (result["is_error"] === true || result["subtype"] !== "success");
      const text = stringAt(objectAt(result ?? {}, "error"), "message") ?? "The run failed.";
      const stated = result === null ? "" : (stringAt(result, "result") ?? "");
      return oneShotResult(
        {
          completed: result !== null && !failed,
          failure: failed ? { text, class: classifyFailure({ text }) } : null,
          answer: (stated === "" ? answer.text() : stated).trim(),
          sessionId,
          resumeRejected: /no saved session found/i.test(`${text}\n${ending.stderr}`),
          gap,
        },
        ending,
        ledger,
      );
    },
    sessionTotals(): readonly UsageTotals[] | null {
      return total === null ? null : [{ model, provider, role: "main", ...total }];
    },
  };
}

function disjoint(usage: JsonObject): UsageCounts {
  const raw = countsOfMessageUsage(usage);
  const reasoning = countAt(usage, "reasoning_tokens");
  return disjointCounts(
    { ...raw, reasoning },
    { inputIncludes: ["cacheRead"], outputExcludesReasoning: false },
  );
}
