import type { IssueId, PullRequestId } from "@headcount/contract/kit/ids";
import type { ChangeType } from "@headcount/contract/realtime/changes";
import {
  isSettled,
  type PullRequestFacts,
  settlePullRequest,
  type ToldPullRequest,
} from "@headcount/domain/pull-requests/settle-pull-request";
import type { WorkspaceContext } from "../platform/context.ts";
import { pullRequestColumns, type PullRequestRow } from "./pull-request-rows.ts";
import {
  insertPullRequest,
  type IssueTie,
  type PullRequestPlace,
  replaceTies,
  updatePullRequest,
} from "./store.ts";
import { tiesOf } from "./ties-of.ts";

/** What is told of a pull request, whoever tells it. */
export type PullRequestWord = {
  readonly place: PullRequestPlace;
  readonly told: ToldPullRequest;
  /** Markdown; null for none, undefined where it is not told. */
  readonly body: string | null | undefined;
  /** Issues that it is said to be for; undefined leaves those that were said. */
  readonly issueIds: readonly IssueId[] | undefined;
};

export type Recorded = {
  readonly id: PullRequestId;
  readonly effect: "created" | "updated" | "none";
};

/**
 * Writes down how a pull request stands and to which issues it belongs. The one way in: what hosts
 * send and what people record ends here, in any order and as often as it likes.
 */
export async function record(ctx: WorkspaceContext, word: PullRequestWord): Promise<Recorded> {
  const { id, stored } = await lockOrInsert(ctx, word);
  const facts = settlePullRequest(stored, word.told, ctx.now);
  // Facts that stay the same ones are newer than what is told: its texts are those of the past.
  const isPast = facts === stored;
  const before = await readTies(ctx, id);
  const after = await tiesOf(ctx, before, {
    facts,
    body: isPast ? undefined : word.body,
    issueIds: word.issueIds,
  });
  const isTied = sameTies(before, after);
  if (!isTied) await replaceTies(ctx, id, after);
  const issueIds = [...new Set([...before, ...after].map(({ issueId }) => issueId))];
  const { state } = facts;
  const emit = (type: ChangeType & `pull_request.${string}`, revision: number): void =>
    ctx.emit({
      type,
      entity: { kind: "pull_request", id, revision },
      data: { state, issueIds },
    });
  if (stored === null) {
    emit("pull_request.created", 1);
    return { id, effect: "created" };
  }
  if (isTied && isSettled(stored, facts)) return { id, effect: "none" };
  emit("pull_request.updated", await updatePullRequest(ctx, id, facts));
  return { id, effect: "updated" };
}

type Locked = {
  readonly id: PullRequestId;
  /** Null where it was not known. */
  readonly stored: PullRequestFacts | null;
};

/** Whoever comes at the same time waits here, and then finds what the first one has written. */
async function lockOrInsert(ctx: WorkspaceContext, word: PullRequestWord): Promise<Locked> {
  const { place, told } = word;
  const known = await lockByAddress(ctx, place.url);
  if (known) return known;
  const id = await insertPullRequest(ctx, place, settlePullRequest(null, told, ctx.now));
  if (id !== null) return { id, stored: null };
  const other = await lockByAddress(ctx, place.url);
  // Deleted in between, which takes an admin as quick as this.
  if (!other) throw new Error(`The pull request ${place.url} came and went`);
  return other;
}

async function lockByAddress(ctx: WorkspaceContext, url: string): Promise<Locked | null> {
  const [row] = await ctx.sql<PullRequestRow[]>`
    select ${pullRequestColumns(ctx.sql)} from pull_requests r
    where r.workspace_id = ${ctx.workspaceId} and lower(r.url) = lower(${url}) for update`;
  if (!row) return null;
  const { id, url: _url, repository: _repository, number: _number, ...rest } = row;
  const { updatedAt: _updatedAt, revision: _revision, ...stored } = rest;
  return { id, stored };
}

function readTies(ctx: WorkspaceContext, id: PullRequestId): Promise<IssueTie[]> {
  return ctx.sql<IssueTie[]>`
    select issue_id, by_hand, in_name, in_body from pull_request_issues
    where workspace_id = ${ctx.workspaceId} and pull_request_id = ${id}`;
}

function sameTies(before: readonly IssueTie[], after: readonly IssueTie[]): boolean {
  const text = (ties: readonly IssueTie[]): string =>
    ties
      .map(({ issueId, byHand, inName, inBody }) => `${issueId} ${byHand} ${inName} ${inBody}`)
      .toSorted()
      .join();
  return text(before) === text(after);
}
