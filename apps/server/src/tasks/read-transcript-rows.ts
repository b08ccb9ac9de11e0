import type { TaskId, UserId, WorkspaceId } from "@headcount/contract/kit/ids";
import type { TranscriptRow } from "@headcount/contract/tasks/schemas";
import { type Database, setWorkspace, type Transaction } from "../platform/database.ts";
import type { ReadTranscriptRows, TranscriptCursor } from "../realtime/transcript-feed.ts";
import { readVisibility } from "../realtime/visibility.ts";

type MessageRow = Omit<TranscriptRow, "at"> & { at: Date };

/** Rows of a task after a place, in order of (lease, seq). */
export async function selectTranscriptRows(
  tx: Transaction,
  place: { workspaceId: WorkspaceId; taskId: TaskId; after: TranscriptCursor; limit: number },
): Promise<TranscriptRow[]> {
  const rows = await tx<MessageRow[]>`
    select lease, seq, type, tool, call_id, content, input, original_bytes, is_error, is_subagent, late, at
    from task_messages
    where workspace_id = ${place.workspaceId} and task_id = ${place.taskId}
      and (lease, seq) > (${place.after.lease}, ${place.after.seq})
    order by lease, seq limit ${place.limit}`;
  return rows.map((row) => ({ ...row, at: row.at.toISOString() }));
}

/** For the transcript feed: each read in a short transaction of its own. */
export function readTranscriptRows(database: Database): ReadTranscriptRows {
  return (workspaceId, taskId, after, limit) =>
    database.pool.begin("read only", async (tx) => {
      await setWorkspace(tx, workspaceId);
      return selectTranscriptRows(tx, { workspaceId, taskId, after, limit });
    });
}

/** Whether a person belongs to the workspace and to the audience of the task's agent, now. */
export function transcriptAccess(
  database: Database,
): (userId: UserId, workspaceId: WorkspaceId, taskId: TaskId) => Promise<boolean> {
  return (userId, workspaceId, taskId) =>
    database.pool.begin("read only", async (tx) => {
      await setWorkspace(tx, workspaceId);
      const [task] = await tx<{ agentId: string }[]>`
        select agent_id from tasks where workspace_id = ${workspaceId} and id = ${taskId}`;
      if (!task) return false;
      const visibility = await readVisibility(tx, workspaceId);
      return visibility.mayReceive(userId, { kind: "agent", id: task.agentId });
    });
}
