import type { IssueId, PullRequestId } from "@headcount/contract/kit/ids";
import {
  type Identified,
  isSamePlace,
  type PullRequestPlace,
} from "@headcount/domain/pull-requests/identify-pull-request";
import {
  isSettled,
  type PullRequestFacts,
  retell,
  settlePullRequest,
  type ToldPullRequest,
} from "@headcount/domain/pull-requests/settle-pull-request";
import type { WorkspaceContext } from "../platform/context.ts";
import { emitPullRequest } from "./emit-pull-request.ts";
import { joinTies, readTies, sameTies } from "./known-ties.ts";
import { factsOf, recognise, type Recognised } from "./recognise.ts";
import {
  deletePullRequestRow,
  insertPullRequest,
  type IssueTie,
  moveAway,
  nameAtHost,
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
  const { place, told } = word;
  const identified = await recognise(ctx, { place, toldAt: told.toldAt });
  if (identified.former) await giveUpAddress(ctx, identified.former);
  const known = await takeKnown(ctx, identified);
  const facts = settlePullRequest(known.facts, told, ctx.now);
  // Facts that stay the same ones are newer than what is told: its texts are those of the past.
  const isPast = facts === known.facts;
  const ties = await tiesOf(ctx, known.ties, {
    facts,
    body: isPast ? undefined : word.body,
    issueIds: word.issueIds,
  });
  return write(ctx, identified, { facts, ties });
}

type Settled = { readonly facts: PullRequestFacts; readonly ties: readonly IssueTie[] };

/** What was known of it; of a double as well, which is forgotten. */
async function takeKnown(
  ctx: WorkspaceContext,
  { own, double }: Identified<Recognised>,
): Promise<{ readonly facts: PullRequestFacts | null; readonly ties: readonly IssueTie[] }> {
  if (own === null) return { facts: null, ties: [] };
  const [facts, ties] = [factsOf(own), await readTies(ctx, own.id)];
  if (double === null) return { facts, ties };
  const doubles = await readTies(ctx, double.id);
  await deletePullRequestRow(ctx, double.id);
  emitPullRequest(ctx, "pull_request.deleted", {
    ...double,
    revision: double.revision + 1,
    ties: doubles,
  });
  return {
    facts: settlePullRequest(facts, retell(factsOf(double)), ctx.now),
    ties: joinTies(ties, doubles),
  };
}

async function write(
  ctx: WorkspaceContext,
  { own, double, place }: Identified<Recognised>,
  { facts, ties }: Settled,
): Promise<Recorded> {
  const { state } = facts;
  if (own === null) {
    const id = await insertPullRequest(ctx, place, facts);
    await replaceTies(ctx, id, ties);
    emitPullRequest(ctx, "pull_request.created", { id, revision: 1, state, ties });
    return { id, effect: "created" };
  }
  const { id } = own;
  const before = await readTies(ctx, id);
  const isTied = sameTies(before, ties);
  if (!isTied) await replaceTies(ctx, id, ties);
  if (isTied && double === null && isSamePlace(own, place) && isSettled(factsOf(own), facts)) {
    if (own.hostId !== place.hostId) await nameAtHost(ctx, id, place.hostId);
    return { id, effect: "none" };
  }
  const revision = await updatePullRequest(ctx, id, place, facts);
  emitPullRequest(ctx, "pull_request.updated", { id, revision, state, ties: [...before, ...ties] });
  return { id, effect: "updated" };
}

/** Its host has given the address to another one and has not told yet where this one is. */
async function giveUpAddress(ctx: WorkspaceContext, former: Recognised): Promise<void> {
  const revision = await moveAway(ctx, former);
  const ties = await readTies(ctx, former.id);
  emitPullRequest(ctx, "pull_request.updated", { ...former, revision, ties });
}
