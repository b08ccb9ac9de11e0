import { z } from "zod";
import { issues } from "@headcount/contract/issues/routes";
import { query } from "../platform/command.ts";
import { cursorValue, decodeCursor, encodeCursor } from "../platform/cursor.ts";
import { trashDays } from "./delete-issue.ts";
import { type IssueRow, summaryColumns, summaryJoins, toSummaries } from "./issue-rows.ts";

const place = z.object({ at: cursorValue.instant, id: cursorValue.id });
const dayMs = 86_400_000;

export const listTrash = query(issues.trash, async (ctx, input) => {
  const { sql } = ctx;
  const after = decodeCursor(input.cursor, place);
  const rows = await sql<IssueRow[]>`
    select ${summaryColumns(sql)} from issues i ${summaryJoins(sql)}
    where i.workspace_id = ${ctx.workspaceId} and i.deleted_at is not null
      ${after ? sql`and (i.deleted_at, i.id) < (${new Date(after.at)}, ${after.id})` : sql``}
    order by i.deleted_at desc, i.id desc limit ${input.limit + 1}`;
  const page = rows.slice(0, input.limit);
  const summaries = await toSummaries(ctx, page);
  const items = summaries.map((summary, index) => {
    const deletedAt = page[index]?.deletedAt ?? ctx.now;
    return {
      ...summary,
      deletedAt: deletedAt.toISOString(),
      restorableUntil: new Date(deletedAt.getTime() + trashDays * dayMs).toISOString(),
    };
  });
  const last = items.at(-1);
  return {
    items,
    nextCursor:
      rows.length > input.limit && last ? encodeCursor({ at: last.deletedAt, id: last.id }) : null,
  };
});
