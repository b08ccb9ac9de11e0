import { classifyFailure } from "../core/error-classifier.ts";
import { arrayAt, countAt, isJsonObject, objectAt, stringAt } from "../core/json.ts";
import type { JsonObject } from "../core/json.ts";
import type { MapperInput, RunMapper } from "../core/run-mapper.ts";
import type { RunItem } from "../core/types.ts";
import { noUsage } from "../core/usage-counts.ts";
import { createUsageLedger } from "../core/usage-ledger.ts";
import { oneShotResult } from "./one-shot-result.ts";
import { createReportReader } from "./report-reader.ts";

/**
 * Reads the one JSON object that `openclaw agent … --json` prints at its end, over many lines and
 * possibly behind log text. `agent exec` states outcome and usage at the top, the older `agent`
 * inside `meta.agentMeta`.
 */
export function createOpenclawMapper(input: MapperInput): RunMapper {
  const reader = createReportReader();
  let report: JsonObject | null = null;
  const ledger = createUsageLedger({ source: input.usage.source, scope: () => "openclaw" });

  const book = (found: JsonObject): readonly RunItem[] => {
    const meta = objectAt(objectAt(found, "meta"), "agentMeta");
    const teller = "usage" in found ? found : meta;
    const usage = objectAt(teller, "usage");
    if (!("usage" in teller)) {
      ledger.degrade("none", "OpenClaw's report of a run that failed holds no token counts.");
      return [];
    }
    const cost = found["costUsd"] ?? objectAt(usage, "cost")["total"];
    const stated = typeof cost === "number" && cost > 0;
    const owner = {
      model: stringAt(teller, "model") ?? input.model ?? "openclaw",
      provider: stringAt(teller, "provider")?.toLowerCase() ?? input.usage.provider,
      role: "main",
    } as const;
    const counts = {
      ...noUsage,
      input: countAt(usage, "input"),
      cacheRead: countAt(usage, "cacheRead"),
      cacheWrite5m: countAt(usage, "cacheWrite"),
      output: countAt(usage, "output"),
    };
    return ledger.call("run", owner, counts, {
      raw: usage,
      reportedCostUsd: stated ? String(cost) : null,
      reportedCostBasis: stated ? "estimated" : null,
    });
  };

  return {
    accept(line) {
      const found = reader.read(line);
      if (found === null || report !== null || !Array.isArray(found["payloads"])) return [];
      report = found;
      const text = answerOf(found);
      return [...book(found), ...(text === "" ? [] : [{ type: "text", text } as const])];
    },
    isTerminal: () => report !== null,
    finish(ending) {
      const answer = report === null ? "" : answerOf(report);
      const refused = report !== null && isRefusal(report);
      return oneShotResult(
        {
          completed: report !== null && !refused && answer !== "",
          failure: refused && report !== null ? failureOf(report) : null,
          answer,
          // Nothing of this CLI continues a session in our directory.
          sessionId: null,
          resumeRejected: false,
          gap: input.usage.gap,
        },
        ending,
        ledger,
      );
    },
  };
}

function isRefusal(report: JsonObject): boolean {
  return report["ok"] === false || report["status"] === "error" || isJsonObject(report["error"]);
}

function answerOf(report: JsonObject): string {
  const final = stringAt(report, "final")?.trim() ?? "";
  if (final !== "") return final;
  const texts = arrayAt(report, "payloads").flatMap((payload) =>
    isJsonObject(payload) ? (stringAt(payload, "text") ?? []) : [],
  );
  return texts.join("\n\n").trim();
}

function failureOf(report: JsonObject): {
  text: string;
  class: ReturnType<typeof classifyFailure>;
} {
  const text = stringAt(objectAt(report, "error"), "message") ?? "OpenClaw ended with an error.";
  return { text, class: classifyFailure({ text }) };
}
