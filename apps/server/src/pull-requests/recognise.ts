import type { PullRequestId } from "@headcount/contract/kit/ids";
import {
  type Identified,
  identifyPullRequest,
  type PullRequestPlace,
} from "@headcount/domain/pull-requests/identify-pull-request";
import type { PullRequestFacts } from "@headcount/domain/pull-requests/settle-pull-request";
import type { WorkspaceContext } from "../platform/context.ts";
import { pullRequestColumns, type PullRequestRow } from "./pull-request-rows.ts";

export type Recognised = PullRequestPlace &
  PullRequestFacts & { readonly id: PullRequestId; readonly revision: number };

/**
 * Finds out which pull request is told of, and locks all whose address or id it concerns. Those who
 * record in one workspace wait for one another here: an address passes from one record to another.
 */
export async function recognise(
  ctx: WorkspaceContext,
  word: { readonly place: PullRequestPlace; readonly toldAt: Date | null },
): Promise<Identified<Recognised>> {
  const { sql, workspaceId } = ctx;
  await sql`select pg_advisory_xact_lock(hashtextextended(${`pull-requests:${workspaceId}`}, 0))`;
  const { url, hostId } = word.place;
  const rows = await sql<(PullRequestRow & { readonly hostId: string | null })[]>`
    select ${pullRequestColumns(sql)}, r.host_id from pull_requests r
    where r.workspace_id = ${workspaceId}
      and (lower(r.url) = lower(${url}) or r.host_id = ${hostId})
    order by r.id for update`;
  return identifyPullRequest(rows, word);
}

/** The facts alone, as they are settled. */
export function factsOf(known: Recognised): PullRequestFacts {
  const { title, author, state, branch, baseBranch, headCommit, additions, deletions } = known;
  const { openedAt, mergedAt, closedAt, toldAt } = known;
  return {
    title,
    author,
    state,
    branch,
    baseBranch,
    headCommit,
    additions,
    deletions,
    openedAt,
    mergedAt,
    closedAt,
    toldAt,
  };
}
