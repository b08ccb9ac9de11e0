/**
 * What every driver speaks, whatever the CLI behind it: launch input in, run items out, exactly
 * one final result. Drivers know nothing about issues, servers or tasks.
 */

/** One observed amount of use of one model. Buckets are disjoint; `reasoning` is a part of `output`. */
export type UsageTotals = {
  readonly model: string;
  /** Lower-case provider id when the CLI says it (`anthropic`, `openai`, …), else null. */
  readonly provider: string | null;
  /** Neither read from nor written to a cache. */
  readonly input: number;
  readonly cacheRead: number;
  /** Cache write with the vendor's short (5 minute) life, or of unknown life. */
  readonly cacheWrite5m: number;
  readonly cacheWrite1h: number;
  /** Includes reasoning. */
  readonly output: number;
  /** Informative part of `output`. */
  readonly reasoning: number;
  readonly role: UsageRole;
};

/** `main` loop of the agent, a `subagent` it started, or an `auxiliary` call (titles, summaries). */
export type UsageRole = "main" | "subagent" | "auxiliary";

/**
 * A usage record as the daemon books it. `key` is made from facts of the call, never random:
 * unique within (task, lease) and stable when the same stream is read again.
 * `cumulative` records carry the run's total so far for `key` and only ever grow; others are
 * one finished call.
 */
export type UsageObservation = UsageTotals & {
  readonly key: string;
  readonly cumulative: boolean;
  /** Where the figure comes from, e.g. `claude.modelUsage`, `codex.tokenUsage`, `acp.result.usage`. */
  readonly source: string;
  /** Cost that the CLI or provider states for this record, in US dollars as a decimal string. */
  readonly reportedCostUsd: string | null;
  readonly reportedCostBasis: "billed" | "estimated" | null;
  /** The vendor's own object, kept for audit and later recomputation. */
  readonly raw: unknown;
};

export type Coverage = {
  readonly level: "exact" | "partial" | "none";
  /** Why it is not exact; empty for `exact`. One sentence for people. */
  readonly reason: string;
};

/** One observed step of a run, in order. */
export type RunItem =
  | { readonly type: "text"; readonly text: string; readonly subagent?: boolean }
  | { readonly type: "thinking"; readonly text: string; readonly subagent?: boolean }
  | {
      readonly type: "tool_use";
      readonly callId: string;
      readonly tool: string;
      readonly input: unknown;
      readonly subagent?: boolean;
    }
  | {
      readonly type: "tool_result";
      readonly callId: string;
      readonly output: string;
      readonly isError: boolean;
      readonly subagent?: boolean;
    }
  | {
      readonly type: "status";
      readonly text: string;
      readonly sessionId?: string;
      readonly retry?: boolean;
    }
  | { readonly type: "usage"; readonly usage: UsageObservation }
  | { readonly type: "error"; readonly message: string }
  | { readonly type: "log"; readonly level: "debug" | "info" | "warn"; readonly message: string };

/** Closed list of agent failure classes (the platform's `agent_error.*` reasons). */
export type FailureClass =
  | "context_overflow"
  | "missing_config"
  | "provider_auth_or_access"
  | "provider_quota_limit"
  | "provider_capacity_or_rate_limit"
  | "provider_server_error"
  | "provider_network"
  | "model_not_found_or_unavailable"
  | "empty_or_unparseable_output"
  | "agent_timeout"
  | "runtime_missing_executable"
  | "runtime_version_unsupported"
  | "process_failure"
  | "unknown";

export type RunStatus = "completed" | "failed" | "cancelled" | "timeout" | "idle_watchdog";

/** By how much the final account of a run differs from what its stream had reported until then. */
export type UsageDrift = {
  readonly model: string;
  /** Final less streamed, all token classes together; negative when the stream said more. */
  readonly tokens: number;
};

/** What ended a run that was not done. */
export type WatchdogName =
  /** The whole run took too long. */
  | "wall_clock"
  /** Nothing was read. */
  | "silence"
  /** Nothing was read while a tool call was open. */
  | "silent_tool"
  /** A two-way protocol was not answered at its start. */
  | "handshake"
  /** There was output, and the work did not go on. */
  | "no_progress";

export type FiredWatchdog = { readonly name: WatchdogName; readonly limitMs: number };

/** Exactly one per run. `answer` is the final answer only, never narration. */
export type RunResult = {
  readonly status: RunStatus;
  readonly answer: string;
  readonly error: string | null;
  readonly failureClass: FailureClass | null;
  readonly sessionId: string | null;
  /** The CLI positively said that it does not know the session that was to be resumed. */
  readonly resumeRejected: boolean;
  /** The session must never be resumed again (history poisoned, context exhausted, …). */
  readonly sessionRetired: boolean;
  /** Milliseconds the provider asked to wait before another attempt, when it said so. */
  readonly retryAfterMs: number | null;
  readonly coverage: Coverage;
  /** Final referee: totals per (model, role) of this run, already free of baselines. */
  readonly usage: readonly UsageTotals[];
  /** Which limit ended the run; left out when none did. */
  readonly watchdog?: FiredWatchdog;
  /** How the final account differs from the stream; left out where nobody compared them. */
  readonly drift?: readonly UsageDrift[];
};

/** What a driver needs to start one run of one CLI. */
export type RunOptions = {
  readonly executable: string;
  /** Fixed arguments directly after the executable (custom profiles, wrappers). */
  readonly launchPrefix: readonly string[];
  /** Arguments of the daemon for every run of this CLI, then those of the agent. Blocked ones are dropped. */
  readonly extraArguments: readonly string[];
  readonly workDirectory: string;
  readonly prompt: string;
  readonly model: string | null;
  readonly effort: string | null;
  /** Session of an earlier run to continue, or null for a fresh one. */
  readonly resumeSessionId: string | null;
  /** Inline system prompt for CLIs that read no context file. */
  readonly systemPrompt: string | null;
  /** Claude-shaped `{mcpServers}`; null inherits the machine's own. */
  readonly mcpConfig: { readonly mcpServers: Record<string, unknown> } | null;
  /** Private folder of this run for homes, temporary and configuration files. */
  readonly privateDirectory: string;
  /** `SKILL.md` of every skill of the run, for CLIs that have to be told. */
  readonly skillDocuments?: readonly string[];
  /** Skills wait in the CLI's private home, so the run has to use that home. */
  readonly usesPrivateHome?: boolean;
  /** Complete environment of the child process; made by the caller, extended by the row. */
  readonly environment: Readonly<Record<string, string>>;
  /** Value of HEADCOUNT_RUN: how orphans of this run are found. */
  readonly marker: string;
  /** Wall-clock milliseconds at start: usage files of the CLI that are older do not count. */
  readonly startedAtMs: number;
  /** Replaces single default time limits of the run; see `defaultRunLimits`. */
  readonly limits?: Partial<RunLimits>;
};

/** Time limits of one run, in milliseconds. */
export type RunLimits = {
  /** Whole run; null is no limit. */
  readonly totalMs: number | null;
  /** Nothing read from the CLI. */
  readonly idleMs: number;
  /** Nothing read while a tool call is open. */
  readonly idleInToolMs: number;
  /** First answers of a two-way protocol. */
  readonly handshakeMs: number;
  /** Output without any semantic progress, where the protocol can tell. */
  readonly progressMs: number;
};
