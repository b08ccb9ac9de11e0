import type { IssueId, PullRequestId } from "@headcount/contract/kit/ids";
import type { PullRequestTie } from "@headcount/contract/pull-requests/words";
import {
  type PullRequestPlace,
  withoutAddress,
} from "@headcount/domain/pull-requests/identify-pull-request";
import type { PullRequestFacts } from "@headcount/domain/pull-requests/settle-pull-request";
import type { WorkspaceContext } from "../platform/context.ts";
import { plainArray } from "../platform/plain-array.ts";

type Ctx = Pick<WorkspaceContext, "sql" | "workspaceId" | "now" | "newId">;

export async function insertPullRequest(
  ctx: Ctx,
  { url, repository, number, hostId }: PullRequestPlace,
  facts: PullRequestFacts,
): Promise<PullRequestId> {
  const id = ctx.newId<PullRequestId>();
  await ctx.sql`
    insert into pull_requests (workspace_id, id, url, repository, number, host_id, title, author,
      state, branch, base_branch, head_commit, additions, deletions, opened_at, merged_at,
      closed_at, told_at, created_at, updated_at)
    values (${ctx.workspaceId}, ${id}, ${url}, ${repository}, ${number}, ${hostId},
      ${facts.title}, ${facts.author}, ${facts.state}, ${facts.branch}, ${facts.baseBranch},
      ${facts.headCommit}, ${facts.additions}, ${facts.deletions}, ${facts.openedAt},
      ${facts.mergedAt}, ${facts.closedAt}, ${facts.toldAt}, ${ctx.now}, ${ctx.now})`;
  return id;
}

/** @returns the new revision */
export async function updatePullRequest(
  ctx: Ctx,
  id: PullRequestId,
  { url, repository, number, hostId }: PullRequestPlace,
  facts: PullRequestFacts,
): Promise<number> {
  const [row] = await ctx.sql<{ revision: number }[]>`
    update pull_requests set url = ${url}, repository = ${repository}, number = ${number},
      host_id = ${hostId}, title = ${facts.title}, author = ${facts.author},
      state = ${facts.state}, branch = ${facts.branch}, base_branch = ${facts.baseBranch},
      head_commit = ${facts.headCommit}, additions = ${facts.additions},
      deletions = ${facts.deletions}, opened_at = ${facts.openedAt},
      merged_at = ${facts.mergedAt}, closed_at = ${facts.closedAt}, told_at = ${facts.toldAt},
      updated_at = ${ctx.now}, revision = revision + 1
    where workspace_id = ${ctx.workspaceId} and id = ${id} returning revision`;
  return row?.revision ?? 0;
}

/** Nobody sees this, so it is no new revision. */
export async function nameAtHost(
  ctx: Ctx,
  id: PullRequestId,
  hostId: string | null,
): Promise<void> {
  await ctx.sql`
    update pull_requests set host_id = ${hostId}
    where workspace_id = ${ctx.workspaceId} and id = ${id}`;
}

/**
 * Takes its address away, which is another one's now.
 * @returns the new revision
 */
export async function moveAway(
  ctx: Ctx,
  { id, ...place }: PullRequestPlace & { readonly id: PullRequestId },
): Promise<number> {
  const [row] = await ctx.sql<{ revision: number }[]>`
    update pull_requests set url = ${withoutAddress(place).url}, updated_at = ${ctx.now},
      revision = revision + 1
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
