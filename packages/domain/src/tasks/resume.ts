import type { FailureReason } from "@headcount/contract/tasks/states";
import { factsOfFailure } from "./failure-taxonomy.ts";

/** One ended run that used a session, or that a CLI without sessions carried out. */
export type SessionUse = {
  readonly sessionId: string | null;
  readonly status: "completed" | "failed" | "cancelled";
  readonly failureReason: FailureReason | null;
  /** The CLI or the daemon declared the session unusable. */
  readonly sessionRetired: boolean;
  readonly runtimeId: string;
  readonly workDirectory: string | null;
};

export type ResumeVerdict =
  /** Nothing was meant to be resumed: a first run, or a run that asked for a fresh session. */
  | { readonly kind: "fresh" }
  | { readonly kind: "resume"; readonly sessionId: string; readonly workDirectory: string }
  /** A session exists and cannot be continued; the prompt says so. */
  | {
      readonly kind: "continuity_notice";
      readonly reason:
        | "session_retired"
        | "session_unsafe"
        | "session_unknown"
        | "other_runtime"
        | "directory_unknown";
    };

/**
 * Whether the next run of an agent on an issue continues its session. `history` holds the ended
 * runs of that agent on that issue, newest first; of those with a session only the newest counts,
 * because it is the last to have used it.
 */
export function resumeVerdict(
  history: readonly SessionUse[],
  runtimeId: string,
  wanted: "session" | "fresh",
): ResumeVerdict {
  if (wanted === "fresh") return { kind: "fresh" };
  const latest = history.find(hasSession);
  if (latest === undefined) {
    const hasWorked = history.some((run) => run.status === "completed");
    if (!hasWorked) return { kind: "fresh" };
    return { kind: "continuity_notice", reason: "session_unknown" };
  }
  if (latest.sessionRetired) return { kind: "continuity_notice", reason: "session_retired" };
  if (!isResumeSafe(latest)) return { kind: "continuity_notice", reason: "session_unsafe" };
  if (latest.runtimeId !== runtimeId) return { kind: "continuity_notice", reason: "other_runtime" };
  if (latest.workDirectory === null) {
    return { kind: "continuity_notice", reason: "directory_unknown" };
  }
  return { kind: "resume", sessionId: latest.sessionId, workDirectory: latest.workDirectory };
}

function hasSession(run: SessionUse): run is SessionUse & { readonly sessionId: string } {
  return run.sessionId !== null;
}

/** Whether the way a run ended leaves its session usable; a person's cancel does. */
export function isResumeSafe(run: Pick<SessionUse, "status" | "failureReason">): boolean {
  if (run.failureReason === null) return true;
  return factsOfFailure(run.failureReason).resumeSafe;
}
