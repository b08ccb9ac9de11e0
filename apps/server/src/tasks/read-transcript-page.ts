import type { TaskId, WorkspaceId } from "@headcount/contract/kit/ids";
import type { TranscriptRow } from "@headcount/contract/tasks/schemas";
import { type Database, setWorkspace, type Transaction } from "../platform/database.ts";
import { runTransaction } from "../platform/run-transaction.ts";
import type {
  ReadTranscriptPage,
  TranscriptCursor,
  TranscriptPage,
} from "../realtime/transcript-feed.ts";

type MessageRow = Omit<TranscriptRow, "at"> & { at: Date; found: number };

export type TranscriptPlace = {
  readonly workspaceId: WorkspaceId;
  readonly taskId: TaskId;
  readonly after: TranscriptCursor;
};

/**
 * The rows of a task after a place, in order of (lease, seq), up to both limits but at least one.
 * Bytes are those of text and input as they are sent, not as they are packed; a row may hold 130 kB.
 */
export async function selectTranscriptPage(
  tx: Transaction,
  { workspaceId, taskId, after }: TranscriptPlace,
  limits: { readonly rows: number; readonly bytes: number },
): Promise<TranscriptPage> {
  const columns = tx`
    lease, seq, type, tool, call_id, content, input, original_bytes, is_error, is_subagent, late, at`;
  const rows = await tx<MessageRow[]>`
    with next as (
      select ${columns} from task_messages
      where workspace_id = ${workspaceId} and task_id = ${taskId}
        and (lease, seq) > (${after.lease}, ${after.seq})
      order by lease, seq limit ${limits.rows + 1}
    ), measured as (
      select ${columns}, row_number() over in_order as place,
        sum(octet_length(content) + coalesce(octet_length(input::text), 0)) over in_order as bytes_so_far
      from next window in_order as (order by lease, seq)
    )
    select ${columns},
      (select count(*)::int from next) as found
    from measured
    where place = 1 or (place <= ${limits.rows} and bytes_so_far <= ${limits.bytes})
    order by lease, seq`;
  return {
    rows: rows.map(toRow),
    hasMore: rows.length < (rows[0]?.found ?? 0),
  };
}

function toRow({ found: _found, ...row }: MessageRow): TranscriptRow {
  return { ...row, at: row.at.toISOString() };
}

/** For the transcript feed: each read in a short transaction of its own. */
export function readTranscriptPage(database: Database): ReadTranscriptPage {
  return (workspaceId, taskId, after, limits) =>
    runTransaction(database.pool, "read only", async (tx) => {
      await setWorkspace(tx, workspaceId);
      return selectTranscriptPage(tx, { workspaceId, taskId, after }, limits);
    });
}
