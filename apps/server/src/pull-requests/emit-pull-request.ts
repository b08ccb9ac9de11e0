import type { PullRequestId } from "@headcount/contract/kit/ids";
import type { PullRequestState } from "@headcount/contract/pull-requests/words";
import type { ChangeType } from "@headcount/contract/realtime/changes";
import type { WorkspaceContext } from "../platform/context.ts";
import type { IssueTie } from "./store.ts";

/** Tells of a change of a pull request, with all issues that it belongs to, or did before. */
export function emitPullRequest(
  ctx: WorkspaceContext,
  type: ChangeType & `pull_request.${string}`,
  changed: {
    readonly id: PullRequestId;
    readonly revision: number;
    readonly state: PullRequestState;
    readonly ties: readonly Pick<IssueTie, "issueId">[];
  },
): void {
  const { id, revision, state, ties } = changed;
  const issueIds = [...new Set(ties.map(({ issueId }) => issueId))];
  ctx.emit({
    type,
    entity: { kind: "pull_request", id, revision },
    data: { state, issueIds },
  });
}
