import type { IssueId, PullRequestId } from "@headcount/contract/kit/ids";
import type { PullRequestTie } from "@headcount/contract/pull-requests/words";
import type { PullRequestFacts } from "@headcount/domain/pull-requests/settle-pull-request";
import type { WorkspaceContext } from "../platform/context.ts";
import { plainArray } from "../platform/plain-array.ts";

type Ctx = Pick<WorkspaceContext, "sql" | "workspaceId" | "now" | "newId">;

/** What a pull request is and stays. */
export type PullRequestPlace = {
  readonly url: string;
  readonly repository: string;
  readonly number: number;
};

/** @returns null when its address is taken, also by a transaction that has just ended */
export async function insertPullRequest(
  ctx: Ctx,
  { url, repository, number }: PullRequestPlace,
  facts: PullRequestFacts,
): Promise<PullRequestId | null> {
  const id = ctx.newId<PullRequestId>();
  const rows = await ctx.sql`
    insert into pull_requests (workspace_id, id, url, repository, number, title, author, state,
      branch, base_branch, head_commit, additions, deletions, opened_at, merged_at, closed_at,
      told_at, created_at, updated_at)
    values (${ctx.workspaceId}, ${id}, ${url}, ${repository}, ${number}, ${facts.title},
      ${facts.author}, ${facts.state}, ${facts.branch}, ${facts.baseBranch}, ${facts.headCommit},
      ${facts.additions}, ${facts.deletions}, ${facts.openedAt}, ${facts.mergedAt},
      ${facts.closedAt}, ${facts.toldAt}, ${ctx.now}, ${ctx.now})
    on conflict (workspace_id, lower(url)) do nothing returning id`;
  return rows.length === 0 ? null : id;
}

/** @returns the new revision */
export async function updatePullRequest(
  ctx: Ctx,
  id: PullRequestId,
  facts: PullRequestFacts,
): Promise<number> {
  const [row] = await ctx.sql<{ revision: number }[]>`
    update pull_requests set title = ${facts.title}, author = ${facts.author},
      state = ${facts.state}, branch = ${facts.branch}, base_branch = ${facts.baseBranch},
      head_commit = ${facts.headCommit}, additions = ${facts.additions},
      deletions = ${facts.deletions}, opened_at = ${facts.openedAt},
      merged_at = ${facts.mergedAt}, closed_at = ${facts.closedAt}, told_at = ${facts.toldAt},
      updated_at = ${ctx.now}, revision = revision + 1
    where workspace_id = ${ctx.workspaceId} and id = ${id} returning revision`;
  return row?.revision ?? 0;
}

/** Why a pull request belongs to an issue. */
export type IssueTie = {
  readonly issueId: IssueId;
  readonly byHand: boolean;
  readonly inName: boolean;
  readonly inBody: PullRequestTie | null;
};

/** Puts these ties in the place of all that there are. */
export async function replaceTies(
  ctx: Ctx,
  id: PullRequestId,
  ties: readonly IssueTie[],
): Promise<void> {
  const issueIds = ties.map(({ issueId }) => issueId);
  await ctx.sql`
    delete from pull_request_issues
    where workspace_id = ${ctx.workspaceId} and pull_request_id = ${id}
      and issue_id <> all(${issueIds}::uuid[])`;
  await ctx.sql`
    insert into pull_request_issues
      (workspace_id, pull_request_id, issue_id, by_hand, in_name, in_body)
    select ${ctx.workspaceId}, ${id}, tie.issue_id, tie.by_hand, tie.in_name, tie.in_body
    from unnest(${plainArray(issueIds)}::uuid[],
      ${plainArray(ties.map(({ byHand }) => byHand))}::boolean[],
      ${plainArray(ties.map(({ inName }) => inName))}::boolean[],
      ${plainArray(ties.map(({ inBody }) => inBody))}::text[])
      as tie(issue_id, by_hand, in_name, in_body)
    on conflict (workspace_id, pull_request_id, issue_id) do update
      set by_hand = excluded.by_hand, in_name = excluded.in_name, in_body = excluded.in_body`;
}

export async function deletePullRequestRow(ctx: Ctx, id: PullRequestId): Promise<void> {
  await ctx.sql`
    delete from pull_request_issues
    where workspace_id = ${ctx.workspaceId} and pull_request_id = ${id}`;
  await ctx.sql`
    delete from pull_requests where workspace_id = ${ctx.workspaceId} and id = ${id}`;
}
