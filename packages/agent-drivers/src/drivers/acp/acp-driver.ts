import type { CliSpec } from "../../core/cli-spec.ts";
import type { Driver } from "../../core/driver.ts";
import { startRun } from "../../core/start-run.ts";
import type { Conversation, RunControls } from "../../core/start-run.ts";
import type { RunOptions } from "../../core/types.ts";
import { withMcpFiles } from "../../core/with-mcp-files.ts";
import { plainDialect } from "../../mappers/acp/acp-dialect.ts";
import { AcpTurn } from "../../mappers/acp/acp-turn.ts";
import { createAcpConversation } from "./acp-conversation.ts";
import {
  agentRecordsOf,
  brokenReply,
  readableCalls,
  readableOutputs,
  recordedFailure,
  resumeWaitMs,
} from "./agent-records.ts";
import { createLiveTurn } from "./live-turn.ts";

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
  // Servers that stand in a file are not told a second time.
  const told = spec.mcp === "file" ? { ...options, mcpConfig: null } : options;
  return withMcpFiles(spec, options, sink, () =>
    startRun(spec, options, sink, {
      mapper,
      converse(controls) {
        const wrote = (line: string): void => mapper.wrote(line);
        const conversation = createAcpConversation(
          { turn, dialect, options: told, wrote, resumeWaitMs: () => resumeWaitMs(spec, options) },
          controls,
        );
        return withUsageRecords(spec, { options, turn, controls }, conversation);
      },
    }),
  );
};

type RecordReader = {
  readonly options: RunOptions;
  readonly turn: AcpTurn;
  readonly controls: RunControls;
};

function withUsageRecords(
  spec: CliSpec,
  reader: RecordReader,
  conversation: Conversation,
): Conversation {
  const records = agentRecordsOf(spec);
  if (records === null) return conversation;
  const { options, turn, controls } = reader;
  const read = (): void => {
    if (turn.sessionId === null) return;
    for (const call of readableCalls(records, options, turn.sessionId)) {
      for (const item of turn.callFound(call.id, call.reading, call.role)) controls.emit(item);
    }
  };
  const readOutputs = (): void => {
    if (turn.sessionId === null || !turn.awaitsOutput) return;
    for (const { callId, output } of readableOutputs(records, options, turn.sessionId)) {
      for (const item of turn.outputFound(callId, output)) controls.emit(item);
    }
  };
  const timer = setInterval(read, recordsReadMs);
  timer.unref();
  return {
    ...conversation,
    read(line) {
      readOutputs();
      conversation.read(line);
    },
    close() {
      clearInterval(timer);
      readOutputs();
      read();
      const { sessionId } = turn;
      const isBroken = sessionId === null ? null : brokenReply(records, options, sessionId);
      if (isBroken !== null) turn.repliesAccounted(isBroken);
      const failure = sessionId === null ? null : recordedFailure(records, options, sessionId);
      if (failure !== null) turn.failureFound(failure);
      conversation.close();
    },
  };
}
