import type { TaskStatus, WaitingCode } from "@headcount/contract/tasks/states";

const oneOf =
  (...statuses: readonly TaskStatus[]) =>
  (status: TaskStatus): boolean =>
    statuses.includes(status);

/** What a task in some status allows; the server's guard, the web's buttons and the CLI share it. */
export const taskCan = {
  /** Stop it. Everything unfinished can be stopped. */
  cancel: oneOf("deferred", "queued", "dispatched", "waiting_directory", "running"),
  /** Run its trigger again. Only ended tasks; unfinished ones are replaced or waited for instead. */
  rerun: oneOf("completed", "failed", "cancelled"),
  /** Promote it before its time. */
  promote: oneOf("deferred"),
} as const;

/**
 * Whether a person may ask for it now: it waits for its time, or for quota, which may be there again
 * before the provider's own time.
 */
export function mayRunNow(task: {
  readonly status: TaskStatus;
  readonly waiting: { readonly code: WaitingCode } | null;
}): boolean {
  if (taskCan.promote(task.status)) return true;
  return task.status === "queued" && task.waiting?.code === "quota_wait";
}

/** Neither completed, failed nor cancelled. */
export const isUnfinished: (status: TaskStatus) => boolean = taskCan.cancel;

/** Completed, failed or cancelled. */
export const isTerminal: (status: TaskStatus) => boolean = taskCan.rerun;

/** Waits for a claim and holds the pending place of its slot (a deferred task holds none). */
export const isPending: (status: TaskStatus) => boolean = oneOf("queued", "dispatched");

/** Holds the active place of its slot. */
export const isActive: (status: TaskStatus) => boolean = oneOf("waiting_directory", "running");

/** Counts against the limits of its agent and of its machine. */
export const occupiesCapacity: (status: TaskStatus) => boolean = oneOf(
  "dispatched",
  "waiting_directory",
  "running",
);
