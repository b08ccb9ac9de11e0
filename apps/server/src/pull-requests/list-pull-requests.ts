import { z } from "zod";
import { pullRequests } from "@headcount/contract/pull-requests/routes";
import { resolveIssueId } from "../issues/read-issue.ts";
import { query } from "../platform/command.ts";
import { cursorValue, decodeCursor, encodeCursor } from "../platform/cursor.ts";
import { pullRequestColumns, type PullRequestRow, toPullRequests } from "./pull-request-rows.ts";

/** Ids are minted in order of time, so they are the order and the cursor. */
export const listPullRequests = query(pullRequests.list, async (ctx, input) => {
  const { sql } = ctx;
  const after = decodeCursor(input.cursor, z.object({ id: cursorValue.id }));
  const issueId = input.issue && (await resolveIssueId(ctx, input.issue, { deleted: "include" }));
  const ofIssue = issueId
    ? sql`and r.id in (select l.pull_request_id from pull_request_issues l
        where l.workspace_id = ${ctx.workspaceId} and l.issue_id = ${issueId})`
    : sql``;
  const rows = await sql<PullRequestRow[]>`
    select ${pullRequestColumns(sql)} from pull_requests r
    where r.workspace_id = ${ctx.workspaceId} ${ofIssue}
      ${input.state ? sql`and r.state = any(${input.state}::text[])` : sql``}
      ${input.repository ? sql`and lower(r.repository) = lower(${input.repository})` : sql``}
      ${after ? sql`and r.id < ${after.id}` : sql``}
    order by r.id desc limit ${input.limit + 1}`;
  const page = rows.slice(0, input.limit);
  const last = page.at(-1);
  return {
    items: [...(await toPullRequests(ctx, page))],
    nextCursor: rows.length > input.limit && last ? encodeCursor({ id: last.id }) : null,
  };
});
