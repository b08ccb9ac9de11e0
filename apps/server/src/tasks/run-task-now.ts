import { tasks } from "@headcount/contract/tasks/routes";
import { mayRunNow, taskCan } from "@headcount/domain/tasks/task-can";
import { agentNotAvailable } from "@headcount/domain/agents/may-invoke";
import { lockIssue } from "../issues/lock-issue.ts";
import { AppError } from "../platform/app-error.ts";
import { command } from "../platform/command.ts";
import { effectiveUserId } from "../platform/context.ts";
import { personMayInvoke } from "./agent-verdicts.ts";
import { lockOwners } from "./lock-owners.ts";
import { lockTask, readSlot } from "./lock-tasks.ts";
import { promoteOne } from "./promote-deferred.ts";
import { readTargetAgent } from "./read-target-agent.ts";
import { readQuotaWaits } from "./read-quota-waits.ts";
import { getTask } from "./read-tasks.ts";
import { liftQuotaWait } from "./remember-quota.ts";

/**
 * Promotes a deferred task before its time. Whoever asks for it believes that there is quota again,
 * so its runtime asks the provider once more instead of waiting for the time that was named.
 */
export const runTaskNow = command(tasks.runNow, async (ctx, input) => {
  const task = await getTask(ctx, input.taskId);
  await lockIssue(ctx, task.issueId);
  await lockOwners(ctx, task, "write");
  const agent = await readTargetAgent(ctx, task.agentId);
  if (!agent || !(await personMayInvoke(ctx, agent, effectiveUserId(ctx.actor)))) {
    throw new AppError("forbidden", "This agent is not available to you. Ask its owner.", {
      reason: agentNotAvailable,
    });
  }
  const row = await lockTask(ctx, input.taskId);
  if (!mayRunNow({ status: row.status, waiting: task.waiting })) {
    throw new AppError("conflict", "This run is not waiting for a later time.", {
      reason: "task.not_deferred",
    });
  }
  const quotaWait = (await readQuotaWaits(ctx)).get(row.agentId);
  if (quotaWait) await liftQuotaWait(ctx, quotaWait, agent.runtime?.daemonId ?? null);
  if (taskCan.promote(row.status)) {
    await promoteOne(ctx, row, await readSlot(ctx, row, "write"));
  }
  return getTask(ctx, input.taskId);
});
