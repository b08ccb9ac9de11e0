import type { CliSpec } from "../../core/cli-spec.ts";
import type { RunItem, RunOptions } from "../../core/types.ts";
import { plainDialect } from "../../mappers/acp/acp-dialect.ts";
import { AcpTurn } from "../../mappers/acp/acp-turn.ts";
import { codexRolloutSource, findCodexCalls } from "./codex-rollout-files.ts";
import type { AgentRecords, FoundCall, FoundOutput } from "./found-call.ts";
import { copilotRecords, copilotUsageSource } from "./copilot-session-files.ts";
import {
  findGeminiCalls,
  findGeminiOutputs,
  geminiResumeWaitMs,
  geminiUsageSource,
} from "./gemini-chat-files.ts";
import { kimiRecords, kimiUsageSource } from "./kimi-session-files.ts";
import { findOpencodeCalls, opencodeUsageSource } from "./opencode-database.ts";

const bySource: Readonly<Record<string, AgentRecords>> = {
  [codexRolloutSource]: { findCalls: findCodexCalls },
  [copilotUsageSource]: copilotRecords,
  [geminiUsageSource]: {
    findCalls: findGeminiCalls,
    findOutputs: findGeminiOutputs,
    resumeWaitMs: geminiResumeWaitMs,
  },
  [kimiUsageSource]: kimiRecords,
  [opencodeUsageSource]: { findCalls: findOpencodeCalls },
};

/** Where an agent itself says better than its conversation what it used; null when nowhere. */
export function agentRecordsOf(spec: CliSpec): AgentRecords | null {
  return bySource[spec.acp?.records?.source ?? spec.usage.source] ?? null;
}

/** Records are somebody else's files: what cannot be read now counts as not there. */
export function readableCalls(
  records: AgentRecords,
  options: RunOptions,
  sessionId: string,
): readonly FoundCall[] {
  try {
    return records.findCalls(options, sessionId);
  } catch {
    // Removed while it was read, no permission, or not what it looked like.
    return [];
  }
}

/** Outputs of tool calls that an agent has written down so far. */
export function readableOutputs(
  records: AgentRecords,
  options: RunOptions,
  sessionId: string,
): readonly FoundOutput[] {
  try {
    return records.findOutputs?.(options, sessionId) ?? [];
  } catch {
    // As with calls: a transcript without an output is better than no run.
    return [];
  }
}

/** Milliseconds until a run may resume its session. */
export function resumeWaitMs(spec: CliSpec, options: RunOptions): number {
  const { resumeSessionId } = options;
  if (resumeSessionId === null) return 0;
  return agentRecordsOf(spec)?.resumeWaitMs?.(options, resumeSessionId, Date.now()) ?? 0;
}

/** Whether a reply of the run is missing in its agent's records; null when nothing tells. */
export function brokenReply(
  records: AgentRecords,
  options: RunOptions,
  sessionId: string,
): boolean | null {
  try {
    return records.hasBrokenReply?.(options, sessionId) ?? null;
  } catch {
    // As with calls: unreadable is as good as missing.
    return null;
  }
}

/** Why the run's turn failed by its agent's records; null when they do not say that it did. */
export function recordedFailure(
  records: AgentRecords,
  options: RunOptions,
  sessionId: string,
): string | null {
  try {
    return records.findFailure?.(options, sessionId) ?? null;
  } catch {
    // As with calls: unreadable is as good as missing.
    return null;
  }
}

/**
 * Usage of a run that nobody saw the end of, as its agent wrote it down, under the keys that a
 * live run gives it.
 */
export function recordedUsage(
  spec: CliSpec,
  options: RunOptions,
  sessionId: string,
): readonly RunItem[] {
  const records = agentRecordsOf(spec);
  if (records === null) return [];
  const turn = new AcpTurn(
    { id: spec.id, dialect: spec.acp ?? plainDialect, resumeRejected: [] },
    { model: options.model, resumeSessionId: sessionId, baseline: null, usage: spec.usage },
  );
  return readableCalls(records, options, sessionId).flatMap(({ id, reading, role }) =>
    turn.callFound(id, reading, role),
  );
}
