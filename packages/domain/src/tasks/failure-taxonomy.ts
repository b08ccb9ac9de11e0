import {
  FailureReason,
  type FailureChartClass,
  type FailureReason as Reason,
} from "@headcount/contract/tasks/states";

/** What the platform knows about one failure reason. */
export type FailureFacts = {
  readonly chartClass: FailureChartClass;
  /** Whether a later run may continue the session that ended this way. */
  readonly resumeSafe: boolean;
};

/** Every reason with its chart class and resume safety; what to do about it is in `failure-remedies.ts`. */
export const failureTaxonomy: Readonly<Record<Reason, FailureFacts>> = {
  queued_expired: {
    chartClass: "runtime",
    resumeSafe: true,
  },
  runtime_offline: {
    chartClass: "runtime",
    resumeSafe: true,
  },
  runtime_reconnect_timeout: {
    chartClass: "runtime",
    resumeSafe: true,
  },
  runtime_recovery: {
    chartClass: "runtime",
    resumeSafe: true,
  },
  timeout: {
    chartClass: "timeout",
    resumeSafe: true,
  },
  iteration_limit: {
    chartClass: "agent",
    resumeSafe: false,
  },
  agent_blocked: {
    chartClass: "agent",
    resumeSafe: true,
  },
  api_invalid_request: {
    chartClass: "provider",
    resumeSafe: false,
  },
  skill_bundle_unavailable: {
    chartClass: "runtime",
    resumeSafe: true,
  },
  runtime_cli_timeout: {
    chartClass: "runtime",
    resumeSafe: true,
  },
  invalid_task_identity: {
    chartClass: "runtime",
    resumeSafe: true,
  },
  directory_error: {
    chartClass: "runtime",
    resumeSafe: true,
  },
  semantic_inactivity: {
    chartClass: "timeout",
    resumeSafe: false,
  },
  resume_oversized: {
    chartClass: "agent",
    resumeSafe: false,
  },
  agent_fallback_message: {
    chartClass: "agent",
    resumeSafe: false,
  },
  budget_stop: {
    chartClass: "other",
    resumeSafe: true,
  },
  runaway_stop: {
    chartClass: "other",
    resumeSafe: true,
  },
  cancelled: {
    chartClass: "other",
    resumeSafe: true,
  },
  "agent_error.provider_auth_or_access": {
    chartClass: "auth",
    resumeSafe: true,
  },
  "agent_error.provider_quota_limit": {
    chartClass: "rate_limit",
    resumeSafe: true,
  },
  "agent_error.provider_capacity_or_rate_limit": {
    chartClass: "rate_limit",
    resumeSafe: true,
  },
  "agent_error.provider_server_error": {
    chartClass: "provider",
    resumeSafe: true,
  },
  "agent_error.provider_network": {
    chartClass: "provider",
    resumeSafe: true,
  },
  "agent_error.model_not_found_or_unavailable": {
    chartClass: "provider",
    resumeSafe: true,
  },
  "agent_error.context_overflow": {
    chartClass: "agent",
    resumeSafe: false,
  },
  "agent_error.missing_config": {
    chartClass: "auth",
    resumeSafe: true,
  },
  "agent_error.runtime_missing_executable": {
    chartClass: "runtime",
    resumeSafe: true,
  },
  "agent_error.runtime_version_unsupported": {
    chartClass: "runtime",
    resumeSafe: true,
  },
  "agent_error.process_failure": {
    chartClass: "agent",
    resumeSafe: true,
  },
  "agent_error.empty_or_unparseable_output": {
    chartClass: "agent",
    resumeSafe: true,
  },
  "agent_error.agent_timeout": {
    chartClass: "timeout",
    resumeSafe: true,
  },
  "agent_error.unknown": {
    chartClass: "other",
    resumeSafe: true,
  },
};

/** A daemon's label as the platform files it; `raw` keeps a label that the platform does not know. */
export type FiledFailure = { readonly reason: Reason; readonly raw: string | null };

/**
 * Maps whatever label a daemon reports to a reason. Bare classes (`provider_network`) are the
 * agent's. Unknown labels, also missing ones, become `agent_error.unknown`; their text is kept.
 */
export function fileFailure(label: string | null): FiledFailure {
  const name = label?.trim() ?? "";
  if (name === "") return { reason: "agent_error.unknown", raw: null };
  const known = knownReason(name) ?? knownReason(`agent_error.${name}`);
  if (known !== null) return { reason: known, raw: null };
  return { reason: "agent_error.unknown", raw: label };
}

/** What is known about a stored reason, also one that a later version of the platform has stored. */
export const factsOfFailure = (label: string): FailureFacts =>
  failureTaxonomy[fileFailure(label).reason];

function knownReason(name: string): Reason | null {
  const parsed = FailureReason.safeParse(name);
  return parsed.success ? parsed.data : null;
}
