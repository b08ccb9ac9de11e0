import type { IssueId } from "@headcount/contract/kit/ids";
import {
  findNamedIssues,
  mostNamedIssues,
  type NamedIssue,
} from "@headcount/domain/pull-requests/find-named-issues";
import type { PullRequestFacts } from "@headcount/domain/pull-requests/settle-pull-request";
import type { WorkspaceContext } from "../platform/context.ts";
import type { IssueTie } from "./store.ts";

export type TieGrounds = {
  readonly facts: Pick<PullRequestFacts, "branch" | "baseBranch" | "title">;
  /** Undefined where it is not told: what it said before stays. */
  readonly body: string | null | undefined;
  /** Undefined where nobody says so anew. */
  readonly issueIds: readonly IssueId[] | undefined;
};

/** To which issues a pull request belongs now, and why. Deleted issues keep their place. */
export async function tiesOf(
  ctx: WorkspaceContext,
  before: readonly IssueTie[],
  { facts, body, issueIds }: TieGrounds,
): Promise<readonly IssueTie[]> {
  const named = await readNamed(ctx, { ...facts, body: body ?? null });
  const workedOn = await readWorkedOn(ctx, facts);
  const ties = new Map<IssueId, IssueTie>();
  const add = (issueId: IssueId, why: Partial<IssueTie>): void => {
    const known = ties.get(issueId) ?? { issueId, byHand: false, inName: false, inBody: null };
    ties.set(issueId, { ...known, ...why });
  };
  for (const { issueId, inName, inBody } of named) add(issueId, { inName, inBody });
  for (const issueId of workedOn) add(issueId, { inName: true });
  for (const { issueId, byHand, inBody } of before) {
    if (body === undefined && inBody !== null) add(issueId, { inBody });
    if (issueIds === undefined && byHand) add(issueId, { byHand });
  }
  for (const issueId of issueIds ?? []) add(issueId, { byHand: true });
  return [...ties.values()];
}

/** Issues whose tasks have worked on the branch that is to be merged: an agent's has no key in its name. */
async function readWorkedOn(
  { sql, workspaceId }: WorkspaceContext,
  { branch, baseBranch }: TieGrounds["facts"],
): Promise<readonly IssueId[]> {
  if (branch === null || branch === baseBranch) return [];
  const rows = await sql<{ issueId: IssueId }[]>`
    select distinct issue_id from tasks
    where workspace_id = ${workspaceId} and branch = ${branch} and issue_id is not null
    order by issue_id limit ${mostNamedIssues}`;
  return rows.map(({ issueId }) => issueId);
}

type NamedRow = Pick<NamedIssue, "inName" | "inBody"> & { readonly issueId: IssueId };

/** Issues of this workspace that the texts name, by any prefix that it ever had. */
async function readNamed(
  ctx: WorkspaceContext,
  texts: Parameters<typeof findNamedIssues>[0],
): Promise<readonly NamedRow[]> {
  const { sql, workspaceId } = ctx;
  const prefixes = await sql<{ prefix: string }[]>`
    select prefix from issue_prefixes where workspace_id = ${workspaceId}`;
  const named = findNamedIssues(texts, new Set(prefixes.map(({ prefix }) => prefix)));
  if (named.length === 0) return [];
  const found = await sql<{ id: IssueId; number: number }[]>`
    select id, number from issues
    where workspace_id = ${workspaceId} and number = any(${named.map(({ number }) => number)}::int[])`;
  const ids = new Map(found.map(({ id, number }) => [number, id]));
  return named.flatMap(({ number, inName, inBody }) => {
    const issueId = ids.get(number);
    return issueId === undefined ? [] : [{ issueId, inName, inBody }];
  });
}
