import type { IssueId } from "@headcount/contract/kit/ids";
import { pullRequests } from "@headcount/contract/pull-requests/routes";
import type { PullRequestRecord } from "@headcount/contract/pull-requests/schemas";
import type { PullRequestPlace } from "@headcount/domain/pull-requests/identify-pull-request";
import { readAddress } from "@headcount/domain/pull-requests/read-address";
import type { ToldPullRequest } from "@headcount/domain/pull-requests/settle-pull-request";
import { storable } from "../agents/read-agent-redactor.ts";
import { resolveIssueId } from "../issues/read-issue.ts";
import { AppError, notFound } from "../platform/app-error.ts";
import { command } from "../platform/command.ts";
import type { WorkspaceContext } from "../platform/context.ts";
import { pullRequestColumns, type PullRequestRow, toPullRequests } from "./pull-request-rows.ts";
import { record } from "./record.ts";

/** What people, their scripts and agents know of a pull request, of whatever host. */
export const recordPullRequest = command(pullRequests.record, async (ctx, input) => {
  const place = placeOf(input);
  const told = await toldBy(ctx, input);
  const issueIds = input.issues && (await resolveAll(ctx, input.issues));
  const { id, effect } = await record(ctx, { place, told, body: undefined, issueIds });
  const [row] = await ctx.sql<PullRequestRow[]>`
    select ${pullRequestColumns(ctx.sql)} from pull_requests r
    where r.workspace_id = ${ctx.workspaceId} and r.id = ${id}`;
  const [pullRequest] = await toPullRequests(ctx, row ? [row] : []);
  if (!pullRequest) throw notFound("pull_request");
  return { pullRequest, effect };
});

function placeOf({ url, ...said }: PullRequestRecord): PullRequestPlace {
  const address = readAddress(url);
  const repository = said.repository ?? address?.repository;
  const number = said.number ?? address?.number;
  if (address && repository && number)
    return { url: address.url, repository, number, hostId: null };
  throw new AppError(
    "invalid",
    "This address does not tell its repository and number. Say both, or use the page's address.",
    { reason: "pull_request.address_unclear" },
  );
}

async function toldBy(ctx: WorkspaceContext, input: PullRequestRecord): Promise<ToldPullRequest> {
  const { title, author, branch, baseBranch } = input;
  const { state, headCommit, additions, deletions } = input;
  return {
    ...(await storable(ctx, { title, author, branch, baseBranch })),
    state,
    headCommit,
    additions,
    deletions,
    openedAt: toDate(input.openedAt),
    mergedAt: toDate(input.mergedAt),
    closedAt: toDate(input.closedAt),
    toldAt: toDate(input.updatedAt) ?? null,
  };
}

const toDate = (instant: string | undefined): Date | undefined =>
  instant === undefined ? undefined : new Date(instant);

/** @throws not_found for the first that there is not, with its name */
async function resolveAll(ctx: WorkspaceContext, keys: readonly string[]): Promise<IssueId[]> {
  const ids: IssueId[] = [];
  for (const key of new Set(keys)) ids.push(await resolve(ctx, key));
  return ids;
}

async function resolve(ctx: WorkspaceContext, issue: string): Promise<IssueId> {
  try {
    return await resolveIssueId(ctx, issue);
  } catch (cause) {
    if (!(cause instanceof AppError)) throw cause;
    const { code, message, reason } = cause;
    throw new AppError(code, message, { reason, details: { issue }, cause });
  }
}
