import type { Task } from "@headcount/contract/tasks/schemas";

export type Ending = Pick<Task, "status" | "outcome" | "failureReason">;

export const done: Ending = { status: "completed", outcome: "done", failureReason: null };

export const cancelled: Ending = {
  status: "cancelled",
  outcome: "cancelled",
  failureReason: null,
};

export function failedBecause(failureReason: Task["failureReason"]): Ending {
  return { status: "failed", outcome: "failed", failureReason };
}
