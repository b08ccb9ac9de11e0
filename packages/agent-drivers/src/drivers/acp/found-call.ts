import type { RunOptions } from "../../core/types.ts";
import type { AcpUsageReading } from "../../mappers/acp/read-usage.ts";

/** A finished model call that an agent wrote down itself, outside the conversation. */
export type FoundCall = {
  /** Names the call within its session; the same at every reading. */
  readonly id: string;
  readonly role: "main" | "subagent";
  readonly reading: AcpUsageReading;
};

/**
 * Looks up the calls of this run in an agent's own records; none when there are no records, and
 * a throw when they cannot be read.
 */
export type FindCalls = (options: RunOptions, sessionId: string) => readonly FoundCall[];

/** What a finished tool call gave back, as the agent wrote it down. */
export type FoundOutput = { readonly callId: string; readonly output: string };

/** Looks up what the tool calls of a session gave back; throws when the records cannot be read. */
export type FindOutputs = (options: RunOptions, sessionId: string) => readonly FoundOutput[];

/** What an agent writes down about its sessions. */
export type AgentRecords = {
  readonly findCalls: FindCalls;
  /** Outputs of the tool calls of this session, for agents that leave them out of the talk. */
  readonly findOutputs?: FindOutputs;
  /** Milliseconds to let pass before a session is resumed; zero for at once. */
  readonly resumeWaitMs?: (options: RunOptions, sessionId: string, nowMs: number) => number;
  /**
   * Whether a request of this run went out whose reply never came with figures; null when the
   * records do not say. Left out where records never tell.
   */
  readonly hasBrokenReply?: (options: RunOptions, sessionId: string) => boolean | null;
  /** Why the run's turn failed, for agents that end it as if nothing had been. */
  readonly findFailure?: (options: RunOptions, sessionId: string) => string | null;
};
