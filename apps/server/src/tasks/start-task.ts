import type { TaskStart } from "@headcount/contract/daemon/schemas";
import type { TaskId } from "@headcount/contract/kit/ids";
import { readAgentRedactor } from "../agents/read-agent-redactor.ts";
import { markIssueStarted } from "../issues/store.ts";
import type { WorkspaceContext } from "../platform/context.ts";
import { emitTask } from "./emit-task.ts";
import { lockForWorker, stepUnderLease } from "./lock-for-worker.ts";
import { updateTask } from "./store-tasks.ts";
import { writeTaskActivity } from "./write-task-activity.ts";

/**
 * The directory is ready and the agent is about to run. Repeating it under the same lease answers
 * with the first start. @throws lease_lost
 */
export async function startTask(
  ctx: WorkspaceContext,
  start: TaskStart & { readonly taskId: TaskId; readonly lease: number },
): Promise<Date> {
  const row = await lockForWorker(ctx, start);
  const isRepeat = row.status === "running" && row.lease === start.lease && !row.leaseRevoked;
  if (isRepeat && row.startedAt) return row.startedAt;
  const { redact } = await readAgentRedactor(ctx, row.agentId);
  const state = stepUnderLease(row, { type: "start", lease: start.lease });
  await updateTask(ctx, row, {
    status: state.status,
    startedAt: ctx.now,
    argv: start.argv.map((word) => redact(word)),
    workDirectory: start.workDirectory,
    displayDirectory: redact(start.displayDirectory),
    branch: start.branch,
    step: "running",
    stepSince: ctx.now,
    progressAt: ctx.now,
  });
  await markIssueStarted(ctx, row.issueId);
  await writeTaskActivity(ctx, row, "task_started");
  emitTask(ctx, "task.started", { ...row, status: state.status });
  return ctx.now;
}
