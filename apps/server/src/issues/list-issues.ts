import { z } from "zod";
import { issues } from "@headcount/contract/issues/routes";
import type { ParsedInputOf } from "@headcount/contract/kit/route";
import { query } from "../platform/command.ts";
import type { WorkspaceContext } from "../platform/context.ts";
import { cursorValue, decodeCursor, encodeCursor } from "../platform/cursor.ts";
import { filterIssues } from "./issue-filters.ts";
import { type IssueRow, summaryColumns, summaryJoins, toSummaries } from "./issue-rows.ts";

const Place = z.object({ value: cursorValue.text, id: cursorValue.id });
type Sort = ParsedInputOf<typeof issues.list>["sort"];
type Fragment = ReturnType<WorkspaceContext["sql"]>;

/** What each sort compares, as text or number that survives a round trip through a cursor. */
function sortExpression(sql: WorkspaceContext["sql"], sort: Sort): Fragment {
  switch (sort) {
    case "order":
      return sql`i.order_key`;
    case "title":
      return sql`lower(i.title) collate "C"`;
    case "created":
      return sql`to_char(i.created_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US')`;
    case "updated":
      return sql`to_char(i.last_activity_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US')`;
    case "priority":
      return sql`array_position(array['none','low','medium','high','urgent'], i.priority)::text`;
  }
}

export const listIssues = query(issues.list, async (ctx, input) => {
  const { sql } = ctx;
  const value = sortExpression(sql, input.sort);
  const after = decodeCursor(input.cursor, Place);
  const past = input.desc
    ? sql`(${value}, i.id) < (${after?.value ?? ""}, ${after?.id ?? null}::uuid)`
    : sql`(${value}, i.id) > (${after?.value ?? ""}, ${after?.id ?? null}::uuid)`;
  const order = input.desc ? sql`sort_value desc, i.id desc` : sql`sort_value, i.id`;
  const rows = await sql<(IssueRow & { sortValue: string })[]>`
    select ${summaryColumns(sql)}, ${value} as sort_value
    from issues i ${summaryJoins(sql)}
    where ${filterIssues(ctx, input)}
      ${input.open === undefined ? sql`` : openOnly(sql, input.open)}
      ${after ? sql`and ${past}` : sql``}
    order by ${order} limit ${input.limit + 1}`;
  const page = rows.slice(0, input.limit);
  const last = page.at(-1);
  return {
    items: await toSummaries(ctx, page),
    nextCursor:
      rows.length > input.limit && last
        ? encodeCursor({ value: last.sortValue, id: last.id })
        : null,
  };
});

function openOnly(sql: WorkspaceContext["sql"], open: boolean): Fragment {
  return open
    ? sql`and i.status not in ('done', 'cancelled')`
    : sql`and i.status in ('done', 'cancelled')`;
}
