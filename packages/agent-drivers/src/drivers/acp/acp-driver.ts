import type { CliSpec } from "../../core/cli-spec.ts";
import type { Driver } from "../../core/driver.ts";
import { startRun } from "../../core/start-run.ts";
import type { Conversation, RunControls } from "../../core/start-run.ts";
import type { RunOptions } from "../../core/types.ts";
import { plainDialect } from "../../mappers/acp/acp-dialect.ts";
import { AcpTurn } from "../../mappers/acp/acp-turn.ts";
import { createAcpConversation } from "./acp-conversation.ts";
import { findKimiCalls, kimiUsageSource } from "./kimi-session-files.ts";
import { createLiveTurn } from "./live-turn.ts";

/** How often a session file that grows is looked at while the run goes on. */
const fileReadMs = 2_000;

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
      return withUsageFiles(spec, { options, turn, controls }, conversation);
    },
  });
};

type FileReader = {
  readonly options: RunOptions;
  readonly turn: AcpTurn;
  readonly controls: RunControls;
};

/** Kimi says nowhere in the conversation what it used; its session files say it call by call. */
function withUsageFiles(
  spec: CliSpec,
  reader: FileReader,
  conversation: Conversation,
): Conversation {
  if (spec.usage.source !== kimiUsageSource) return conversation;
  const { options, turn, controls } = reader;
  const read = (): void => {
    if (turn.sessionId === null) return;
    for (const call of findKimiCalls(options, turn.sessionId)) {
      for (const item of turn.callFound(call.id, call.reading, call.role)) controls.emit(item);
    }
  };
  const timer = setInterval(read, fileReadMs);
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
