import { tasks } from "@headcount/contract/tasks/routes";
import { query } from "../platform/command.ts";
import { getTask } from "./read-tasks.ts";
import { selectTranscriptPage } from "./read-transcript-page.ts";

/** A page of two thousand of the longest rows would be 260 MB. */
const maxBytes = 4 * 1024 * 1024;

export const readTranscript = query(tasks.transcript, async (ctx, input) => {
  const task = await getTask(ctx, input.taskId);
  const [lease = 0, seq = -1] = (input.after ?? "0.-1").split(".").map(Number);
  const place = { workspaceId: ctx.workspaceId, taskId: task.id, after: { lease, seq } };
  const limits = { rows: input.limit, bytes: maxBytes };
  const { rows, hasMore } = await selectTranscriptPage(ctx.sql, place, limits);
  const last = rows.at(-1);
  const nextAfter = last ? `${last.lease}.${last.seq}` : (input.after ?? null);
  return { items: [...rows], nextAfter, hasMore };
});
