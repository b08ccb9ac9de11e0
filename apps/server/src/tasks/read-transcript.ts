import { tasks } from "@headcount/contract/tasks/routes";
import { query } from "../platform/command.ts";
import { getTask } from "./read-tasks.ts";
import { selectTranscriptRows } from "./read-transcript-rows.ts";

export const readTranscript = query(tasks.transcript, async (ctx, input) => {
  const task = await getTask(ctx, input.taskId);
  const [lease = 0, seq = -1] = (input.after ?? "0.-1").split(".").map(Number);
  const rows = await selectTranscriptRows(ctx.sql, {
    workspaceId: ctx.workspaceId,
    taskId: task.id,
    after: { lease, seq },
    limit: input.limit + 1,
  });
  const items = rows.slice(0, input.limit);
  const last = items.at(-1);
  const nextAfter = last ? `${last.lease}.${last.seq}` : (input.after ?? null);
  return { items, nextAfter, hasMore: rows.length > input.limit };
});
