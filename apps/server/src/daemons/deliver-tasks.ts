import type { OutboxRecord, RecordAcknowledgement } from "@headcount/contract/daemon/schemas";
import type { TaskId, WorkspaceId } from "@headcount/contract/kit/ids";
import type { GlobalContext } from "../platform/context.ts";
import { deliverRecords } from "../tasks/deliver-records.ts";
import type { TaskRecord } from "../tasks/task-record.ts";
import { deliverTogether, isShownRecord, type ShownRecord } from "../tasks/deliver-together.ts";
import { acknowledge } from "../tasks/record-answer.ts";
import { inWorkspaceAsDaemon } from "./as-daemon.ts";

/** Tasks whose records are stored at the same time: most of it is waiting for the database. */
const tasksAtOnce = 6;

type ByTask<R extends TaskRecord = TaskRecord> = ReadonlyMap<TaskId, readonly R[]>;

/**
 * Stores sanitised records of the tasks of a workspace, those of each task in their order. Tasks
 * that only tell what they do share a transaction; the others have one each, a few at a time. What
 * cannot be stored now is answered `retry` and holds up its own task only.
 */
export async function deliverTasks(
  ctx: GlobalContext,
  workspaceId: WorkspaceId,
  byTask: ByTask,
): Promise<RecordAcknowledgement[]> {
  const shown = new Map<TaskId, readonly ShownRecord[]>();
  const others = new Map<TaskId, readonly TaskRecord[]>();
  for (const [taskId, records] of byTask) {
    if (records.every(isShownRecord)) shown.set(taskId, records);
    else others.set(taskId, records);
  }
  const answers = await Promise.all([
    deliverShown(ctx, workspaceId, shown),
    deliverEach(ctx, workspaceId, others),
  ]);
  return answers.flat();
}

async function deliverShown(
  ctx: GlobalContext,
  workspaceId: WorkspaceId,
  byTask: ByTask<ShownRecord>,
): Promise<RecordAcknowledgement[]> {
  if (byTask.size < 2) return deliverEach(ctx, workspaceId, byTask);
  const answers = await tryTogether(ctx, workspaceId, byTask);
  const rest = new Map([...byTask].filter(([taskId]) => !answers.has(taskId)));
  return [...[...answers.values()].flat(), ...(await deliverEach(ctx, workspaceId, rest))];
}

async function tryTogether(
  ctx: GlobalContext,
  workspaceId: WorkspaceId,
  byTask: ByTask<ShownRecord>,
): Promise<ReadonlyMap<TaskId, readonly RecordAcknowledgement[]>> {
  try {
    return await inWorkspaceAsDaemon(ctx, workspaceId, (workspaceCtx) =>
      deliverTogether(workspaceCtx, byTask),
    );
  } catch (error) {
    // One of them may be the reason, which the others must not suffer from.
    ctx.services.log.warn({ err: error }, "could not store the records of several tasks together");
    return new Map();
  }
}

async function deliverEach(
  ctx: GlobalContext,
  workspaceId: WorkspaceId,
  byTask: ByTask,
): Promise<RecordAcknowledgement[]> {
  const tasks = [...byTask];
  const acknowledgements: RecordAcknowledgement[] = [];
  for (let at = 0; at < tasks.length; at += tasksAtOnce) {
    const answers = tasks
      .slice(at, at + tasksAtOnce)
      .map(([taskId, records]) =>
        orRetry(ctx, records, () =>
          inWorkspaceAsDaemon(ctx, workspaceId, (workspaceCtx) =>
            deliverRecords(workspaceCtx, taskId, records),
          ),
        ),
      );
    acknowledgements.push(...(await Promise.all(answers)).flat());
  }
  return acknowledgements;
}

/** Records that cannot be stored stay with their machine, which brings them again. */
export async function orRetry(
  ctx: GlobalContext,
  records: readonly OutboxRecord[],
  deliver: () => Promise<RecordAcknowledgement[]>,
): Promise<RecordAcknowledgement[]> {
  try {
    return await deliver();
  } catch (error) {
    ctx.services.log.error({ err: error }, "could not store a machine's records");
    return records.map((record) => acknowledge(record, { result: "retry", reason: "internal" }));
  }
}
