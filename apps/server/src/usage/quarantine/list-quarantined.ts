import { books } from "@headcount/contract/usage/books-routes";
import type { TaskId } from "@headcount/contract/kit/ids";
import { z } from "zod";
import { query } from "../../platform/command.ts";
import { cursorValue, decodeCursor, encodeCursor } from "../../platform/cursor.ts";

type QuarantinedRow = {
  id: string;
  taskId: TaskId | null;
  receivedAt: Date;
  reason: string;
  record: unknown;
};

/** Ids begin with their time, so their order is the order of arrival. */
const Place = z.object({ id: cursorValue.id });

export const listQuarantined = query(books.quarantine, async (ctx, input) => {
  const { sql } = ctx;
  const after = decodeCursor(input.cursor, Place);
  const rows = await sql<QuarantinedRow[]>`
    select id, task_id, received_at, reason, record from usage_quarantine
    where workspace_id = ${ctx.workspaceId}
      ${after === null ? sql`` : sql`and id < ${after.id}`}
      ${input.taskId === undefined ? sql`` : sql`and task_id = ${input.taskId}`}
    order by id desc limit ${input.limit + 1}`;
  const items = rows.slice(0, input.limit);
  const last = items.at(-1);
  return {
    items: items.map((row) => ({ ...row, receivedAt: row.receivedAt.toISOString() })),
    nextCursor: rows.length > input.limit && last ? encodeCursor({ id: last.id }) : null,
  };
});
