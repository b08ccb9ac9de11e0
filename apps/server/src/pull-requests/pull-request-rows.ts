import type { IssueId, PullRequestId } from "@headcount/contract/kit/ids";
import type { PullRequest, PullRequestIssue } from "@headcount/contract/pull-requests/schemas";
import type { PullRequestFacts } from "@headcount/domain/pull-requests/settle-pull-request";
import type { WorkspaceContext } from "../platform/context.ts";

type Ctx = Pick<WorkspaceContext, "sql" | "workspaceId">;
type Fragment = ReturnType<WorkspaceContext["sql"]>;

export type PullRequestRow = PullRequestFacts & {
  readonly id: PullRequestId;
  readonly url: string;
  readonly repository: string;
  readonly number: number;
  readonly updatedAt: Date;
  readonly revision: number;
};

/** Columns of a pull request `r`. */
export function pullRequestColumns(sql: WorkspaceContext["sql"]): Fragment {
  return sql`
    r.id, r.url, r.repository, r.number, r.title, r.author, r.state, r.branch, r.base_branch,
    r.head_commit, r.additions, r.deletions, r.opened_at, r.merged_at, r.closed_at, r.told_at,
    r.updated_at, r.revision`;
}

type TieRow = PullRequestIssue & { readonly pullRequestId: PullRequestId };

/** The rows with their issues, in one read. */
export async function toPullRequests(
  ctx: Ctx,
  rows: readonly PullRequestRow[],
): Promise<readonly PullRequest[]> {
  const ties = await ctx.sql<TieRow[]>`
    select l.pull_request_id, l.issue_id, w.issue_prefix || '-' || i.number as key, i.title, l.how
    from pull_request_issues l
    join issues i on i.workspace_id = ${ctx.workspaceId} and i.id = l.issue_id
      and i.deleted_at is null
    join workspaces w on w.workspace_id = ${ctx.workspaceId}
    where l.workspace_id = ${ctx.workspaceId}
      and l.pull_request_id = any(${rows.map(({ id }) => id)}::uuid[])
    order by l.how, i.number`;
  const ofEach = Map.groupBy(ties, ({ pullRequestId }) => pullRequestId);
  return rows.map((row) =>
    toPullRequest(
      row,
      (ofEach.get(row.id) ?? []).map(
        ({ issueId, key, title, how }: TieRow): PullRequestIssue => ({
          issueId: issueId satisfies IssueId,
          key,
          title,
          how,
        }),
      ),
    ),
  );
}

function toPullRequest(row: PullRequestRow, issues: PullRequestIssue[]): PullRequest {
  const { toldAt, updatedAt, ...rest } = row;
  return {
    ...rest,
    title: row.title ?? `${row.repository}#${row.number}`,
    openedAt: row.openedAt?.toISOString() ?? null,
    mergedAt: row.mergedAt?.toISOString() ?? null,
    closedAt: row.closedAt?.toISOString() ?? null,
    updatedAt: (toldAt ?? updatedAt).toISOString(),
    issues,
  };
}
