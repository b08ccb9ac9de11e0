import type { PullRequestId } from "@headcount/contract/kit/ids";
import type { WorkspaceContext } from "../platform/context.ts";
import type { IssueTie } from "./store.ts";

/** All issues that a pull request belongs to, deleted ones included. */
export function readTies(ctx: WorkspaceContext, id: PullRequestId): Promise<IssueTie[]> {
  return ctx.sql<IssueTie[]>`
    select issue_id, by_hand, in_name, in_body from pull_request_issues
    where workspace_id = ${ctx.workspaceId} and pull_request_id = ${id}`;
}

/** The ties of two records that are of one pull request; where both say something, the first counts. */
export function joinTies(
  first: readonly IssueTie[],
  second: readonly IssueTie[],
): readonly IssueTie[] {
  const joined = new Map(second.map((tie) => [tie.issueId, tie]));
  for (const tie of first) {
    const { byHand = false, inName = false, inBody = null } = joined.get(tie.issueId) ?? {};
    joined.set(tie.issueId, {
      issueId: tie.issueId,
      byHand: tie.byHand || byHand,
      inName: tie.inName || inName,
      inBody: tie.inBody ?? inBody,
    });
  }
  return [...joined.values()];
}

export function sameTies(before: readonly IssueTie[], after: readonly IssueTie[]): boolean {
  const text = (ties: readonly IssueTie[]): string =>
    ties
      .map(({ issueId, byHand, inName, inBody }) => `${issueId} ${byHand} ${inName} ${inBody}`)
      .toSorted()
      .join();
  return text(before) === text(after);
}
