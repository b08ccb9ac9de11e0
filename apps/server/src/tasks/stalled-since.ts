import type { TaskStatus } from "@headcount/contract/tasks/states";

/** When a running task last showed progress, if that is longer ago than the limit; else null. */
export function stalledSince(
  now: Date,
  task: { readonly status: TaskStatus; readonly progressAt: Date | null },
  stallAfterMs: number,
): string | null {
  if (task.status !== "running" || task.progressAt === null) return null;
  const silentForMs = now.getTime() - task.progressAt.getTime();
  return silentForMs >= stallAfterMs ? task.progressAt.toISOString() : null;
}
