import { isJsonObject, objectAt, stringAt, type JsonObject } from "../core/json.ts";
import type { MapperInput } from "../core/run-mapper.ts";
import type { Coverage, RunItem, UsageRole, UsageTotals } from "../core/types.ts";
import {
  addCounts,
  equalCounts,
  isZero,
  largerCounts,
  mapCounts,
  noUsage,
  subtractCounts,
  sumCounts,
  type UsageCounts,
} from "../core/usage-counts.ts";
import { countsByModel } from "../core/usage-delta.ts";
import { createUsageLedger } from "../core/usage-ledger.ts";
import { completedShare } from "./claude-broken-replies.ts";
import { createClaudeCalls, type ClaudeCall } from "./claude-calls.ts";
import {
  countsOfMessageUsage,
  countsOfModelUsage,
  modelUsageCounts,
  modelUsageEntries,
} from "./claude-counts.ts";
import { claudeReportedCost } from "./claude-reported-cost.ts";
import { claudeRunTotals } from "./claude-run-totals.ts";

export type ClaudeUsage = {
  streamEvent(line: JsonObject): readonly RunItem[];
  assistant(line: JsonObject): readonly RunItem[];
  /** A `user` line: hand-backs of subagents name the model that worked. */
  user(line: JsonObject): void;
  /** A `system/api_retry` line: a stream that broke may still have been charged. */
  retried(line: JsonObject): void;
  /** A control answer; one to `get_usage` before the first call is the exact baseline. */
  controlAnswer(line: JsonObject): void;
  result(line: JsonObject): readonly RunItem[];
  /** Assistant lines of the CLI's session file, for runs that ended without a result. */
  sessionFile(lines: readonly JsonObject[]): readonly RunItem[];
  settled(): { readonly usage: readonly UsageTotals[]; readonly coverage: Coverage };
  sessionTotals(): readonly UsageTotals[] | null;
};

const provider = "anthropic";

/** Books what a Claude Code run uses, call by call while it runs and settled by its result. */
export function createClaudeUsage(input: MapperInput, scope: () => string): ClaudeUsage {
  const ledger = createUsageLedger({ source: input.usage.source, scope });
  const calls = createClaudeCalls();
  const subagentModels = new Set<string>();
  let baseline = input.baseline === null ? null : countsByModel(input.baseline);
  let baselineEntries: ReadonlyMap<string, JsonObject> = new Map();
  let entries: ReadonlyMap<string, JsonObject> | null = null;
  let sinceStart: Map<string, UsageCounts> | null = null;
  let mainLoop = noUsage;
  let subagentsRan = false;
  let streamBroke = false;
  let final: UsageTotals[] | null = null;

  const book = (call: ClaudeCall | null): readonly RunItem[] => {
    if (call?.state !== "finished") return [];
    if (call.role === "subagent") subagentModels.add(call.model);
    const owner = { model: call.model, provider, role: call.role };
    return ledger.raise(owner, calls.finished(call.model, call.role), { raw: call });
  };

  const runningShare = (model: string, role: UsageRole): UsageCounts =>
    ledger.totals().find((entry) => entry.model === model && entry.role === role) ?? noUsage;

  const split = (model: string, total: UsageCounts): readonly [UsageRole, UsageCounts][] => {
    const inMain = calls.list().some((call) => call.model === model && call.role === "main");
    const inSubagent = subagentModels.has(model);
    if (inMain && !inSubagent) return [["main", total]];
    if (!inMain) return [[inSubagent || subagentsRan ? "subagent" : "auxiliary", total]];
    const soleMain = new Set(
      calls.list().flatMap((call) => (call.role === "main" ? [call.model] : [])),
    );
    const known = runningShare(model, "main");
    const claimed = soleMain.size === 1 ? largerCounts(known, mainLoop) : known;
    const main = mapCounts(claimed, total, Math.min);
    return [
      ["main", main],
      ["subagent", subtractCounts(total, main)],
    ];
  };

  const settleModel = (model: string, total: UsageCounts): readonly RunItem[] => {
    const own = calls.list().filter((call) => call.model === model);
    const share = completedShare(total, own, mainLoop);
    if (share.broken !== null) ledger.degrade("partial", brokenReason(share.broken));
    const entry = entries?.get(model) ?? {};
    const shares = split(model, share.counts).filter(([, counts]) => !isZero(counts));
    const cost =
      shares.length === 1 && share.broken === null
        ? claudeReportedCost(entry, total, baselineEntries.get(model))
        : null;
    return shares.flatMap(([role, counts]) => {
      final?.push({ model, provider, role, ...counts });
      return ledger.raise({ model, provider, role }, counts, {
        raw: entry,
        reportedCostUsd: cost,
        reportedCostBasis: cost === null ? null : "estimated",
      });
    });
  };

  const settleMainLoop = (doubt: string | null): readonly RunItem[] => {
    ledger.degrade("partial", doubt ?? "Only the main loop is counted.");
    const model = calls.list().findLast((call) => call.role === "main")?.model ?? input.model;
    if (model === null || isZero(mainLoop)) return [];
    final?.push({ model, provider, role: "main", ...mainLoop });
    const items = ledger.raise({ model, provider, role: "main" }, mainLoop, { raw: null });
    final?.push(...ledger.totals().filter((entry) => entry.role !== "main"));
    return items;
  };

  /** True when finished replies alone make up the totals, to the last token. */
  const explained = (byModel: ReadonlyMap<string, UsageCounts>): boolean =>
    [...byModel].every(([model, counts]) => {
      const own = calls.list().filter((call) => call.model === model);
      const done = sumCounts(own.map((call) => call.counts));
      return own.every((call) => call.outputKnown) && equalCounts(done, counts);
    });

  return {
    streamEvent: (line) => book(calls.streamEvent(line)),
    assistant: (line) => book(calls.assistant(line)),
    user(line) {
      const handBack = objectAt(line, "tool_use_result");
      const model = stringAt(handBack, "resolvedModel");
      if (stringAt(handBack, "agentId") === null) return;
      subagentsRan = true;
      if (model !== null) subagentModels.add(model);
    },
    retried(line) {
      if (typeof line["error_status"] !== "number") streamBroke = true;
    },
    controlAnswer(line) {
      const session = objectAt(objectAt(objectAt(line, "response"), "response"), "session");
      if (!isJsonObject(session["model_usage"]) || calls.list().length > 0) return;
      baselineEntries = modelUsageEntries(session["model_usage"]);
      baseline = modelUsageCounts(baselineEntries);
    },
    result(line) {
      entries = modelUsageEntries(line["modelUsage"]);
      mainLoop = addCounts(mainLoop, countsOfMessageUsage(objectAt(line, "usage")));
      const since = line["model_usage_since_last_result"];
      if (isJsonObject(since)) {
        sinceStart ??= new Map();
        for (const [model, entry] of modelUsageEntries(since)) {
          const before = sinceStart.get(model) ?? noUsage;
          sinceStart.set(model, addCounts(before, countsOfModelUsage(entry)));
        }
      }
      const totals = claudeRunTotals({
        modelUsage: modelUsageCounts(entries),
        sinceStart,
        mainLoop,
        baseline,
        resumed: input.resumeSessionId !== null,
      });
      final = [];
      if (totals.byModel === null) return settleMainLoop(totals.doubt);
      const items = [...totals.byModel].flatMap(([model, counts]) => settleModel(model, counts));
      if (streamBroke) {
        // Attempts that broke before their first line are in no total of the CLI.
        const areCounted = !explained(totals.byModel);
        ledger.degrade("partial", areCounted ? brokenStreamReason : uncountedAttemptsReason);
      }
      const aborted = (stringAt(line, "terminal_reason") ?? "").startsWith("aborted");
      if (aborted && !explained(totals.byModel)) ledger.degrade("partial", abortedReason);
      return items;
    },
    sessionFile(lines) {
      return lines.flatMap((line) => book(calls.assistant(line)));
    },
    settled() {
      if (final !== null) return { usage: final, coverage: ledger.coverage() };
      const usage = ledger.totals();
      if (usage.length === 0) ledger.degrade("none", nothingReason);
      const certain = calls.list().every((call) => call.outputKnown || call.state !== "finished");
      ledger.degrade("partial", certain ? killedReason : killedPlaceholderReason);
      return { usage, coverage: ledger.coverage() };
    },
    sessionTotals() {
      if (entries === null) return null;
      return [...modelUsageCounts(entries)].map(([model, counts]) => ({
        model,
        provider,
        role: "main" as const,
        ...counts,
      }));
    },
  };
}

const brokenStreamReason =
  "The provider broke replies off and they were asked for again; the CLI's total contains its estimate for those attempts.";
const uncountedAttemptsReason =
  "The provider broke replies off and they were asked for again; the broken attempts are not counted.";
const abortedReason =
  "The run was stopped in the middle of a reply, which the CLI's total may contain as an estimate.";
const killedReason =
  "The run ended before its final account: replies that had not finished are not counted.";
const killedPlaceholderReason =
  "The run ended before its final account: what it sent is right, what it received is a lower bound.";
const nothingReason = "The run ended before the CLI reported any usage.";

function brokenReason(broken: UsageCounts): string {
  const sent = broken.input + broken.cacheRead + broken.cacheWrite5m + broken.cacheWrite1h;
  return `A reply was broken off and is not counted: the CLI estimates it at ${sent} tokens sent and ${broken.output} received.`;
}
