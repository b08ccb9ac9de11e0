import type { TaskStatus } from "@headcount/contract/tasks/states";
import type { TaskState } from "../ui/task-state.ts";

const states: Readonly<Record<TaskStatus, TaskState>> = {
  deferred: "waiting",
  queued: "queued",
  dispatched: "queued",
  waiting_directory: "waiting",
  running: "running",
  completed: "done",
  failed: "failed",
  cancelled: "cancelled",
};

/** The reader's state of a task; a status of a newer server reads as queued. */
export function taskStateOf(status: TaskStatus): TaskState {
  return states[status] ?? "queued";
}
