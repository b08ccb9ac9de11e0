import { pullRequests } from "@headcount/contract/pull-requests/routes";
import type { PullRequestTie } from "@headcount/contract/pull-requests/words";
import { resolveIssueId } from "../issues/read-issue.ts";
import { query } from "../platform/command.ts";
import { pullRequestColumns, type PullRequestRow, toPullRequests } from "./pull-request-rows.ts";

/** Those that are work on it first, then those that mention it, each the newest first. */
export const listIssuePullRequests = query(pullRequests.ofIssue, async (ctx, input) => {
  const { sql } = ctx;
  const issueId = await resolveIssueId(ctx, input.issue, { deleted: "include" });
  const rows = await sql<(PullRequestRow & { readonly how: PullRequestTie })[]>`
    select ${pullRequestColumns(sql)}, l.how
    from pull_request_issues l
    join pull_requests r on r.workspace_id = ${ctx.workspaceId} and r.id = l.pull_request_id
    where l.workspace_id = ${ctx.workspaceId} and l.issue_id = ${issueId}
    order by l.how, r.id desc limit ${input.limit + 1}`;
  const shown = rows.slice(0, input.limit);
  const ties = new Map(shown.map(({ id, how }) => [id, how]));
  const found = await toPullRequests(
    ctx,
    shown.map(({ how: _how, ...row }) => row),
  );
  return {
    items: found.map((one) => ({ ...one, how: ties.get(one.id) ?? "mentioned" })),
    truncated: rows.length > input.limit,
  };
});
