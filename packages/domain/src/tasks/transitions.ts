import type { FailureReason, TaskOutcome, TaskStatus } from "@headcount/contract/tasks/states";
import { accept, type Decision, refuse } from "../kit/decision.ts";
import { isTerminal, isUnfinished } from "./task-can.ts";

/** The part of a task's row that its state machine reads and writes. */
export type TaskState = {
  readonly status: TaskStatus;
  /** Fencing token of the latest claim; 0 before the first one. */
  readonly lease: number;
  /** A revoked lease may no longer change the task. */
  readonly leaseRevoked: boolean;
  readonly failureReason: FailureReason | null;
  /** Set with the terminal status and by nothing else. */
  readonly outcome: TaskOutcome | null;
};

/** Why a task was cancelled; kept on the row and shown. */
export type CancelCause =
  | "person"
  | "agent_archived"
  | "subject_deleted"
  | "comment_edited"
  | "comment_deleted"
  | "member_removed"
  | "runtime_removed"
  | "access_revoked"
  | "directory_unsupported"
  | "superseded"
  | "superseded_by_rerun"
  | "superseded_by_late_result"
  | "routed_agent_answered"
  | "server_refused";

/** Everything that can happen to a task. Steps of a worker carry the lease they act under. */
export type TaskStep =
  | {
      readonly type: "promote";
      /** `fire_at` has passed, or a person asked for it now. */
      readonly due: boolean;
      /** The runtime that the task waits for is there (true when it waits for none). */
      readonly runtimeReady: boolean;
      /** Nothing else is pending in the slot. */
      readonly slotFree: boolean;
    }
  | { readonly type: "cancel"; readonly cause: CancelCause }
  | { readonly type: "reconnect_grace_over" }
  | {
      readonly type: "expire";
      readonly queuedForMs: number;
      readonly expiryMs: number;
      readonly held: boolean;
      /** It retries a lost runtime and may wait for it as long as that takes. */
      readonly retriesLostRuntime: boolean;
    }
  | { readonly type: "claim" }
  | { readonly type: "return_to_queue" }
  | { readonly type: "redeliver"; readonly dispatchedForMs: number; readonly leaseLapsed: boolean }
  | { readonly type: "wait_for_directory"; readonly lease: number }
  | { readonly type: "start"; readonly lease: number }
  | {
      readonly type: "preparation_failed";
      readonly lease: number;
      readonly failureReason: FailureReason;
    }
  | {
      readonly type: "preparation_lapsed";
      readonly dispatchedForMs: number;
      readonly leaseLapsed: boolean;
    }
  | { readonly type: "report"; readonly lease: number; readonly result: TerminalResult }
  | { readonly type: "runtime_silent"; readonly silentForMs: number; readonly graceMs: number }
  | { readonly type: "daemon_restarted" };

/** How a run ended according to its worker. */
export type TerminalResult =
  | {
      readonly status: "completed";
      readonly outcome: Extract<TaskOutcome, "done" | "no_response" | "needs_input">;
    }
  | { readonly status: "failed"; readonly failureReason: FailureReason }
  | { readonly status: "cancelled" };

export type TaskRefusal =
  /** The status does not allow this step. */
  | "task.illegal_transition"
  /** The task has ended; steps of a person answer with this. */
  | "task.already_ended"
  | "task.not_deferred"
  /** The step names an older or revoked lease. */
  | "lease_lost"
  | "task.not_due"
  | "task.slot_busy"
  | "task.held"
  | "task.grace_running";

/** A claimed task that was not started is given out again after this long. */
export const redeliveryAfterMs = 90_000;
/** Preparation that shows no sign of life fails after this long. */
export const preparationLimitMs = 5 * 60_000;
/** A claim's lease until the next renewal. */
export const leaseMs = 45_000;
/** No grace may be shorter than the silence after which a runtime counts as offline. */
export const minimumSilenceMs = 150_000;

/**
 * The whole life of a task: given its state and one step, the state after it or the reason why
 * the step is refused. Every pair of status and step that is not named here is refused.
 */
export function transition(state: TaskState, step: TaskStep): Decision<TaskState, TaskRefusal> {
  switch (step.type) {
    case "promote":
      return promote(state, step);
    case "cancel":
      return cancel(state);
    case "reconnect_grace_over":
      return from(state, ["deferred"]) ?? fail(state, "runtime_reconnect_timeout");
    case "expire":
      return expire(state, step);
    case "claim":
      return from(state, ["queued"]) ?? accept(underNewLease(state));
    case "return_to_queue":
      return from(state, ["dispatched"]) ?? accept({ ...state, status: "queued" });
    case "redeliver":
      return redeliver(state, step);
    case "wait_for_directory":
      return worker(state, step.lease, ["dispatched"]) ?? moveTo(state, "waiting_directory");
    case "start":
      return (
        worker(state, step.lease, ["dispatched", "waiting_directory"]) ?? moveTo(state, "running")
      );
    case "preparation_failed":
      return (
        worker(state, step.lease, ["dispatched", "waiting_directory"]) ??
        fail(state, step.failureReason)
      );
    case "preparation_lapsed":
      return preparationLapsed(state, step);
    case "report":
      return report(state, step);
    case "runtime_silent":
      return runtimeSilent(state, step);
    case "daemon_restarted":
      return (
        from(state, ["dispatched", "waiting_directory", "running"]) ??
        fail(state, "runtime_recovery")
      );
  }
}

/** Status of a new task: deferred when it must wait for a time or for its runtime to return. */
export function initialState(start: "now" | "deferred"): TaskState {
  return {
    status: start === "now" ? "queued" : "deferred",
    lease: 0,
    leaseRevoked: false,
    failureReason: null,
    outcome: null,
  };
}

/**
 * The same task with its lease fenced off: another task of the slot was claimed after a presumed
 * loss, or the runtime or agent is gone. What that worker still reports is filed and changes nothing.
 */
export function withRevokedLease(state: TaskState): TaskState {
  return { ...state, leaseRevoked: true };
}

type Step<Type extends TaskStep["type"]> = Extract<TaskStep, { readonly type: Type }>;
type Verdict = Decision<TaskState, TaskRefusal>;

function promote(state: TaskState, step: Step<"promote">): Verdict {
  if (state.status !== "deferred") return refuse("task.not_deferred");
  if (!step.due || !step.runtimeReady) return refuse("task.not_due");
  if (!step.slotFree) return refuse("task.slot_busy");
  return moveTo(state, "queued");
}

function cancel(state: TaskState): Verdict {
  if (!isUnfinished(state.status)) return refuse("task.already_ended");
  return accept({ ...state, status: "cancelled", outcome: "cancelled", leaseRevoked: true });
}

function expire(state: TaskState, step: Step<"expire">): Verdict {
  const refusal = from(state, ["queued"]);
  if (refusal) return refusal;
  if (step.held || step.retriesLostRuntime) return refuse("task.held");
  if (step.queuedForMs <= step.expiryMs) return refuse("task.not_due");
  return fail(state, "queued_expired");
}

function redeliver(state: TaskState, step: Step<"redeliver">): Verdict {
  const refusal = from(state, ["dispatched"]);
  if (refusal) return refusal;
  if (!step.leaseLapsed || step.dispatchedForMs <= redeliveryAfterMs) {
    return refuse("task.grace_running");
  }
  return accept(underNewLease(state));
}

function preparationLapsed(state: TaskState, step: Step<"preparation_lapsed">): Verdict {
  const refusal = from(state, ["dispatched", "waiting_directory"]);
  if (refusal) return refusal;
  if (!step.leaseLapsed || step.dispatchedForMs <= preparationLimitMs) {
    return refuse("task.grace_running");
  }
  return fail({ ...state, leaseRevoked: true }, "timeout");
}

function report(state: TaskState, step: Step<"report">): Verdict {
  const presumedLost = state.status === "failed" && state.failureReason === "runtime_offline";
  if (isTerminal(state.status) && !presumedLost) return refuse("task.already_ended");
  const refusal = leaseOf(state, step.lease);
  if (refusal) return refusal;
  if (!presumedLost && state.status !== "running") return reportBeforeStart(state, step.result);
  return settle(state, step.result);
}

/** A run that never started cannot have completed; a daemon may still report that it gave up. */
function reportBeforeStart(state: TaskState, result: TerminalResult): Verdict {
  const refusal = from(state, ["dispatched", "waiting_directory"]);
  if (refusal) return refusal;
  if (result.status === "completed") return refuse("task.illegal_transition");
  return settle(state, result);
}

function settle(state: TaskState, result: TerminalResult): Verdict {
  if (result.status === "failed") return fail(state, result.failureReason);
  const outcome = result.status === "completed" ? result.outcome : "cancelled";
  return accept({ ...state, status: result.status, outcome, failureReason: null });
}

function runtimeSilent(state: TaskState, step: Step<"runtime_silent">): Verdict {
  const refusal = from(state, ["running"]);
  if (refusal) return refusal;
  if (step.silentForMs < Math.max(step.graceMs, minimumSilenceMs)) {
    return refuse("task.grace_running");
  }
  return fail(state, "runtime_offline");
}

/** Refuses unless the status is one of `allowed`; undefined when it is. */
function from(
  state: TaskState,
  allowed: readonly TaskStatus[],
): { readonly ok: false; readonly reason: TaskRefusal } | undefined {
  if (allowed.includes(state.status)) return undefined;
  return refuse(isTerminal(state.status) ? "task.already_ended" : "task.illegal_transition");
}

function leaseOf(
  state: TaskState,
  lease: number,
): { readonly ok: false; readonly reason: TaskRefusal } | undefined {
  return lease === state.lease && !state.leaseRevoked ? undefined : refuse("lease_lost");
}

/** Fencing first: a worker without the lease learns nothing else about the task. */
function worker(
  state: TaskState,
  lease: number,
  allowed: readonly TaskStatus[],
): { readonly ok: false; readonly reason: TaskRefusal } | undefined {
  return leaseOf(state, lease) ?? from(state, allowed);
}

function moveTo(state: TaskState, status: TaskStatus): Verdict {
  return accept({ ...state, status });
}

function fail(state: TaskState, failureReason: FailureReason): Verdict {
  return accept({ ...state, status: "failed", outcome: "failed", failureReason });
}

function underNewLease(state: TaskState): TaskState {
  return { ...state, status: "dispatched", lease: state.lease + 1, leaseRevoked: false };
}
