import { classifyFailure } from "../core/error-classifier.ts";
import { countAt, objectAt, parseJsonObject, stringAt, type JsonObject } from "../core/json.ts";
import type { MapperInput, RunMapper } from "../core/run-mapper.ts";
import type { FailureClass, RunItem } from "../core/types.ts";
import { disjointCounts } from "../core/usage-counts.ts";
import { createUsageLedger } from "../core/usage-ledger.ts";
import { oneShotResult } from "./one-shot-result.ts";

/** What tells a fork of OpenCode from the original. */
export type OpencodeFork = {
  /** Stands for the model when none was configured; the stream never names it. */
  readonly id: string;
  readonly source: string;
  readonly gap: string | null;
};

const original: OpencodeFork = {
  id: "opencode",
  source: "opencode.step_finish",
  gap: "OpenCode's stream leaves out titles, subagents and the name of the model.",
};

/**
 * Reads `opencode run --format json`. There is no terminal event: a run is over when the stream
 * ends with a finished step that did not ask for tools.
 */
export function createOpencodeMapper(input: MapperInput, fork: OpencodeFork = original): RunMapper {
  let sessionId: string | null = null;
  let openStep = false;
  let lastReason: string | null = null;
  let answer = "";
  let failure: { text: string; class: FailureClass } | null = null;
  const model = input.model?.split("/").at(-1) ?? fork.id;
  const provider = input.model?.includes("/") === true ? (input.model.split("/")[0] ?? null) : null;
  const ledger = createUsageLedger({
    source: fork.source,
    scope: () => `${fork.id}:${sessionId ?? "run"}`,
  });

  const onStepFinish = (part: JsonObject): readonly RunItem[] => {
    openStep = false;
    lastReason = stringAt(part, "reason");
    const tokens = objectAt(part, "tokens");
    const cache = objectAt(tokens, "cache");
    const counts = disjointCounts(
      {
        input: countAt(tokens, "input"),
        cacheRead: countAt(cache, "read"),
        cacheWrite5m: countAt(cache, "write"),
        cacheWrite1h: 0,
        output: countAt(tokens, "output"),
        reasoning: countAt(tokens, "reasoning"),
      },
      { inputIncludes: [], outputExcludesReasoning: true },
    );
    const cost = part["cost"];
    const stated = typeof cost === "number" && cost > 0;
    return ledger.call(stringAt(part, "id") ?? "", { model, provider, role: "main" }, counts, {
      raw: tokens,
      reportedCostUsd: stated ? String(cost) : null,
      reportedCostBasis: stated ? "estimated" : null,
    });
  };

  const onTool = (part: JsonObject): readonly RunItem[] => {
    const state = objectAt(part, "state");
    const callId = stringAt(part, "callID") ?? "";
    const isError = state["status"] === "error";
    const output = stringAt(state, isError ? "error" : "output") ?? "";
    return [
      {
        type: "tool_use",
        callId,
        tool: stringAt(part, "tool") ?? "tool",
        input: state["input"] ?? {},
      },
      { type: "tool_result", callId, output, isError },
    ];
  };

  const onError = (error: JsonObject): readonly RunItem[] => {
    const data = objectAt(error, "data");
    const text = stringAt(data, "message") ?? stringAt(error, "name") ?? "error";
    const status = data["statusCode"];
    const httpStatus = typeof status === "number" ? status : null;
    failure = {
      text,
      class: classifyFailure({ httpStatus, text: `${stringAt(error, "name") ?? ""} ${text}` }),
    };
    return [];
  };

  const dispatch = (line: JsonObject): readonly RunItem[] => {
    const part = objectAt(line, "part");
    switch (line["type"]) {
      case "step_start":
        openStep = true;
        answer = "";
        return [];
      case "text": {
        const text = stringAt(part, "text") ?? "";
        answer = answer === "" ? text : `${answer}\n\n${text}`;
        return text === "" ? [] : [{ type: "text", text }];
      }
      case "reasoning": {
        const text = stringAt(part, "text") ?? "";
        return text === "" ? [] : [{ type: "thinking", text }];
      }
      case "tool_use":
        return onTool(part);
      case "step_finish":
        return onStepFinish(part);
      case "error":
        return onError(objectAt(line, "error"));
      default:
        return [];
    }
  };

  return {
    accept(text) {
      const line = parseJsonObject(text);
      if (line === null) return [];
      const id = stringAt(line, "sessionID");
      const news: RunItem[] = [];
      if (sessionId === null && id !== null) {
        sessionId = id;
        news.push({ type: "status", text: "Session started", sessionId: id });
      }
      return [...news, ...dispatch(line)];
    },
    isTerminal: () => false,
    finish(ending) {
      const orderly = ending.cause === "ended" && (ending.exit === null || ending.exit.code === 0);
      const finished = !openStep && lastReason !== null && lastReason !== "tool-calls";
      return oneShotResult(
        {
          completed: failure === null && orderly && finished,
          failure,
          answer: answer.trim(),
          sessionId,
          resumeRejected: false,
          gap: fork.gap,
        },
        ending,
        ledger,
      );
    },
  };
}
