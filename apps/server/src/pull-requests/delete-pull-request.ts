import { pullRequests } from "@headcount/contract/pull-requests/routes";
import type { PullRequestState } from "@headcount/contract/pull-requests/words";
import { notFound } from "../platform/app-error.ts";
import { command } from "../platform/command.ts";
import { emitPullRequest } from "./emit-pull-request.ts";
import { readTies } from "./known-ties.ts";
import { deletePullRequestRow } from "./store.ts";

/** A host that still tells of it brings it back with its next delivery. */
export const deletePullRequest = command(pullRequests.delete, async (ctx, input) => {
  const { sql, workspaceId } = ctx;
  const id = input.pullRequestId;
  const [row] = await sql<{ url: string; state: PullRequestState; revision: number }[]>`
    select url, state, revision from pull_requests
    where workspace_id = ${workspaceId} and id = ${id} for update`;
  if (!row) throw notFound("pull_request");
  const ties = await readTies(ctx, id);
  await deletePullRequestRow(ctx, id);
  await ctx.audit({ action: "pull_request.deleted", target: id, details: { url: row.url } });
  const revision = row.revision + 1;
  emitPullRequest(ctx, "pull_request.deleted", { id, revision, state: row.state, ties });
  return {};
});
