import { z } from "zod";
import { Instant } from "../kit/values.ts";

export const TaskStatus = z.enum([
  "deferred",
  "queued",
  "dispatched",
  "waiting_directory",
  "running",
  "completed",
  "failed",
  "cancelled",
]);
export type TaskStatus = z.infer<typeof TaskStatus>;

/** What a run achieved, apart from its status; set once at the end. */
export const TaskOutcome = z.enum(["done", "no_response", "needs_input", "failed", "cancelled"]);
export type TaskOutcome = z.infer<typeof TaskOutcome>;

export const platformFailures = [
  "queued_expired",
  "runtime_offline",
  "runtime_reconnect_timeout",
  "runtime_recovery",
  "timeout",
  "iteration_limit",
  "agent_blocked",
  "api_invalid_request",
  "skill_bundle_unavailable",
  "runtime_cli_timeout",
  "invalid_task_identity",
  "directory_error",
  "semantic_inactivity",
  "resume_oversized",
  "agent_fallback_message",
  "budget_stop",
  "runaway_stop",
  "cancelled",
] as const;

export const agentFailures = [
  "agent_error.provider_auth_or_access",
  "agent_error.provider_quota_limit",
  "agent_error.provider_capacity_or_rate_limit",
  "agent_error.provider_server_error",
  "agent_error.provider_network",
  "agent_error.model_not_found_or_unavailable",
  "agent_error.context_overflow",
  "agent_error.missing_config",
  "agent_error.runtime_missing_executable",
  "agent_error.runtime_version_unsupported",
  "agent_error.process_failure",
  "agent_error.empty_or_unparseable_output",
  "agent_error.agent_timeout",
  "agent_error.unknown",
] as const;

export const FailureReason = z.enum([...platformFailures, ...agentFailures]);
export type FailureReason = z.infer<typeof FailureReason>;

/** Limits of the platform that end a run while it works; it goes on later in the same session. */
export const LimitStop = FailureReason.extract(["budget_stop", "runaway_stop"]);
export type LimitStop = z.infer<typeof LimitStop>;

/** Limits of the machine or the agent that can end a run. */
export const watchdogNames = [
  "wall_clock",
  "silence",
  "silent_tool",
  "handshake",
  "no_progress",
] as const;

export const FiredWatchdog = z.object({
  name: z.enum(watchdogNames),
  limitMs: z.int().nonnegative(),
});
export type FiredWatchdog = z.infer<typeof FiredWatchdog>;

/** Classes of the failure chart. */
export const FailureChartClass = z.enum([
  "auth",
  "rate_limit",
  "timeout",
  "provider",
  "runtime",
  "agent",
  "other",
]);
export type FailureChartClass = z.infer<typeof FailureChartClass>;

export const WaitingCode = z.enum([
  "agent_archived",
  "no_runtime",
  "runtime_not_shared",
  "held_by_guard",
  "held_by_budget",
  "quota_wait",
  "scheduled",
  "runtime_offline",
  "runtime_broken",
  "slot_busy",
  "agent_busy",
  "machine_full",
  "directory_busy",
  "behind_others",
  "starting",
  "ready",
]);
export type WaitingCode = z.infer<typeof WaitingCode>;

/** Why a task is not running yet, and what would change that. */
export const WaitingReason = z.object({
  code: WaitingCode,
  since: Instant,
  /** One English sentence; clients translate by `code` and `facts`. */
  detail: z.string(),
  /** What a person can do, one English sentence or a command; null when waiting is all. */
  action: z.string().nullable(),
  facts: z.record(z.string(), z.union([z.string(), z.number(), z.null()])),
});
export type WaitingReason = z.infer<typeof WaitingReason>;

export const TaskKind = z.enum(["assignment", "comment", "rerun", "fallback", "doctor"]);
export type TaskKind = z.infer<typeof TaskKind>;

export const TranscriptRowType = z.enum([
  "text",
  "thinking",
  "tool_use",
  "tool_result",
  "status",
  "error",
]);
export type TranscriptRowType = z.infer<typeof TranscriptRowType>;
