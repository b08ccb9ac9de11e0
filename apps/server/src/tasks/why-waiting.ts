import { tasks } from "@headcount/contract/tasks/routes";
import { query } from "../platform/command.ts";
import { getTask } from "./read-tasks.ts";
import { readWaiting } from "./read-waiting.ts";

/** Every reason why a task is not running; none once it runs or has ended. */
export const whyWaiting = query(tasks.why, async (ctx, input) => {
  const task = await getTask(ctx, input.taskId);
  const waiting = await readWaiting(ctx, [task.id]);
  return { status: task.status, reasons: [...(waiting.get(task.id) ?? [])] };
});
