import type { CliSpec } from "../../core/cli-spec.ts";
import type { Driver } from "../../core/driver.ts";
import { startRun } from "../../core/start-run.ts";
import type { Conversation, RunControls } from "../../core/start-run.ts";
import type { RunOptions } from "../../core/types.ts";
import { plainDialect } from "../../mappers/acp/acp-dialect.ts";
import { AcpTurn } from "../../mappers/acp/acp-turn.ts";
import { createAcpConversation } from "./acp-conversation.ts";
import { codexRolloutSource, findCodexCalls } from "./codex-rollout-files.ts";
import type { FindCalls, FoundCall } from "./found-call.ts";
import { findGeminiCalls, geminiUsageSource } from "./gemini-chat-files.ts";
import { findKimiCalls, kimiUsageSource } from "./kimi-session-files.ts";
import { createLiveTurn } from "./live-turn.ts";
import { findOpencodeCalls, opencodeUsageSource } from "./opencode-database.ts";

/** How often an agent's own records are looked at while the run goes on. */
const recordsReadMs = 2_000;

/** Drives agents that speak the Agent Client Protocol, version 1. */
export const acpDriver: Driver = (spec, options, sink) => {
  const dialect = spec.acp ?? plainDialect;
  const agent = { id: spec.id, dialect, resumeRejected: spec.resume.rejected };
  const named =
    dialect.modelEnvironment === null ? null : options.environment[dialect.modelEnvironment];
  const turn = new AcpTurn(agent, {
    model: options.model ?? named ?? null,
    resumeSessionId: options.resumeSessionId,
    baseline: null,
    usage: spec.usage,
  });
  const mapper = createLiveTurn(turn);
  return startRun(spec, options, sink, {
    mapper,
    converse(controls) {
      const wrote = (line: string): void => mapper.wrote(line);
      const conversation = createAcpConversation({ turn, dialect, options, wrote }, controls);
      return withUsageRecords(spec, { options, turn, controls }, conversation);
    },
  });
};

type RecordReader = {
  readonly options: RunOptions;
  readonly turn: AcpTurn;
  readonly controls: RunControls;
};

/** Agents whose own records say better than their conversation what they used. */
const records: Readonly<Record<string, FindCalls>> = {
  [codexRolloutSource]: findCodexCalls,
  [geminiUsageSource]: findGeminiCalls,
  [kimiUsageSource]: findKimiCalls,
  [opencodeUsageSource]: findOpencodeCalls,
};

function withUsageRecords(
  spec: CliSpec,
  reader: RecordReader,
  conversation: Conversation,
): Conversation {
  const find = records[spec.acp?.records?.source ?? spec.usage.source];
  if (find === undefined) return conversation;
  const { options, turn, controls } = reader;
  const read = (): void => {
    if (turn.sessionId === null) return;
    for (const call of readable(find, options, turn.sessionId)) {
      for (const item of turn.callFound(call.id, call.reading, call.role)) controls.emit(item);
    }
  };
  const timer = setInterval(read, recordsReadMs);
  timer.unref();
  return {
    ...conversation,
    close() {
      clearInterval(timer);
      read();
      conversation.close();
    },
  };
}

/** Records are somebody else's files: what cannot be read now counts as not there. */
function readable(find: FindCalls, options: RunOptions, sessionId: string): readonly FoundCall[] {
  try {
    return find(options, sessionId);
  } catch {
    // Removed while it was read, no permission, or not what it looked like.
    return [];
  }
}
