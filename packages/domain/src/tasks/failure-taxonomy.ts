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
  /** English: what to do now. Ends in a step or a command that can be carried out as it stands. */
  readonly remedy: string;
};

/** Every reason with its chart class, resume safety and remedy. */
export const failureTaxonomy: Readonly<Record<Reason, FailureFacts>> = {
  queued_expired: {
    chartClass: "runtime",
    resumeSafe: true,
    remedy:
      "No machine took this run in time. Start the daemon with `headcount daemon start`, then press Rerun.",
  },
  runtime_offline: {
    chartClass: "runtime",
    resumeSafe: true,
    remedy:
      "The machine went silent. On that machine run `headcount daemon start`; the run continues by itself when it returns.",
  },
  runtime_reconnect_timeout: {
    chartClass: "runtime",
    resumeSafe: true,
    remedy:
      "The machine did not come back. Run `headcount daemon start` there or give the agent another runtime, then press Rerun.",
  },
  runtime_recovery: {
    chartClass: "runtime",
    resumeSafe: true,
    remedy:
      "The daemon restarted in the middle of the run. Press Rerun to continue in the same session; `headcount daemon logs` shows why it stopped.",
  },
  timeout: {
    chartClass: "timeout",
    resumeSafe: true,
    remedy:
      "The run showed no sign of life for too long. Read the end of its transcript, then press Rerun.",
  },
  iteration_limit: {
    chartClass: "agent",
    resumeSafe: false,
    remedy:
      "The agent used up the number of turns its CLI allows. Split the issue or raise the turn limit in the agent's arguments, then press Rerun.",
  },
  agent_blocked: {
    chartClass: "agent",
    resumeSafe: true,
    remedy: "The agent says it cannot go on alone. Answer its comment on the issue to wake it.",
  },
  api_invalid_request: {
    chartClass: "provider",
    resumeSafe: false,
    remedy:
      "The provider refused the request as malformed. Press Rerun to start a fresh session; if it repeats, choose another model for the agent.",
  },
  skill_bundle_unavailable: {
    chartClass: "runtime",
    resumeSafe: true,
    remedy:
      "The agent's skills could not be fetched. Check the connection with `headcount doctor` on the machine, then press Rerun.",
  },
  runtime_cli_timeout: {
    chartClass: "runtime",
    resumeSafe: true,
    remedy:
      "The agent CLI did not answer when it was started. Run it once by hand on that machine, then press Rerun.",
  },
  invalid_task_identity: {
    chartClass: "runtime",
    resumeSafe: true,
    remedy:
      "The daemon was given a task that is not its own. Restart it with `headcount daemon restart`, then press Rerun.",
  },
  directory_error: {
    chartClass: "runtime",
    resumeSafe: true,
    remedy:
      "The work directory could not be prepared. Check free disk space and access to the repository with `headcount doctor` on the machine, then press Rerun.",
  },
  semantic_inactivity: {
    chartClass: "timeout",
    resumeSafe: false,
    remedy:
      "The agent ran without making progress. Add what it was missing as a comment, or press Rerun for a fresh session.",
  },
  resume_oversized: {
    chartClass: "agent",
    resumeSafe: false,
    remedy: "The earlier session is too large to continue. Press Rerun to start a fresh one.",
  },
  agent_fallback_message: {
    chartClass: "agent",
    resumeSafe: false,
    remedy:
      "The CLI ended with a stock message instead of an answer. Press Rerun to start a fresh session.",
  },
  budget_stop: {
    chartClass: "other",
    resumeSafe: true,
    remedy: "A budget stopped this run. Raise or top up the budget, then press Rerun.",
  },
  cancelled: {
    chartClass: "other",
    resumeSafe: true,
    remedy: "Somebody stopped this run. Press Rerun to continue in the same session.",
  },
  "agent_error.provider_auth_or_access": {
    chartClass: "auth",
    resumeSafe: true,
    remedy:
      "The provider refused the credentials. Sign in to the agent CLI on that machine or set its key under Agent → Environment, then press Rerun.",
  },
  "agent_error.provider_quota_limit": {
    chartClass: "rate_limit",
    resumeSafe: true,
    remedy:
      "The provider account has used up its quota. Wait for the reset, raise the limit with the provider, or choose another model, then press Rerun.",
  },
  "agent_error.provider_capacity_or_rate_limit": {
    chartClass: "rate_limit",
    resumeSafe: true,
    remedy:
      "The provider asked to slow down. Wait some minutes and press Rerun, or lower how many tasks the agent runs at once.",
  },
  "agent_error.provider_server_error": {
    chartClass: "provider",
    resumeSafe: true,
    remedy: "The provider had a fault of its own. Check its status page, then press Rerun.",
  },
  "agent_error.provider_network": {
    chartClass: "provider",
    resumeSafe: true,
    remedy:
      "The connection to the provider broke several times. Check the machine's network or proxy with `headcount doctor`, then press Rerun.",
  },
  "agent_error.model_not_found_or_unavailable": {
    chartClass: "provider",
    resumeSafe: true,
    remedy:
      "The provider does not offer this model to the account. Choose another model under Agent → Model, then press Rerun.",
  },
  "agent_error.context_overflow": {
    chartClass: "agent",
    resumeSafe: false,
    remedy:
      "The conversation outgrew the model's context. Press Rerun to start a fresh session, or split the issue.",
  },
  "agent_error.missing_config": {
    chartClass: "auth",
    resumeSafe: true,
    remedy:
      "The agent CLI lacks a setting or a key. Set it under Agent → Environment or in the CLI's own configuration on that machine, then press Rerun.",
  },
  "agent_error.runtime_missing_executable": {
    chartClass: "runtime",
    resumeSafe: true,
    remedy:
      "The agent CLI is not installed on that machine. Install it there, check with `headcount daemon probe`, then press Rerun.",
  },
  "agent_error.runtime_version_unsupported": {
    chartClass: "runtime",
    resumeSafe: true,
    remedy:
      "The agent CLI on that machine is too old. Update it, check with `headcount daemon probe`, then press Rerun.",
  },
  "agent_error.process_failure": {
    chartClass: "agent",
    resumeSafe: true,
    remedy:
      "The agent CLI stopped without saying that it was done. Read the end of the transcript, then press Rerun.",
  },
  "agent_error.empty_or_unparseable_output": {
    chartClass: "agent",
    resumeSafe: true,
    remedy:
      "The agent CLI gave no answer that could be read. Check its version with `headcount daemon probe`, then press Rerun.",
  },
  "agent_error.agent_timeout": {
    chartClass: "timeout",
    resumeSafe: true,
    remedy:
      "The run reached a time limit. Raise the limit under Agent → Limits or split the issue, then press Rerun.",
  },
  "agent_error.unknown": {
    chartClass: "other",
    resumeSafe: true,
    remedy: "The cause is not known. Read the end of the transcript, then press Rerun.",
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

function knownReason(name: string): Reason | null {
  const parsed = FailureReason.safeParse(name);
  return parsed.success ? parsed.data : null;
}
