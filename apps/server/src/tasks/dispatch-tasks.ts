import type { ClaimedTask } from "@headcount/contract/daemon/schemas";
import type { TaskId } from "@headcount/contract/kit/ids";
import type { WorkspaceContext } from "../platform/context.ts";
import { buildPayload, type BuiltPayload } from "./build-payload.ts";
import type { Candidate } from "./candidate.ts";
import type { Claim } from "./claim.ts";
import { emitTask } from "./emit-task.ts";
import { readPayloadFacts } from "./read-payload-facts.ts";
import { lockPresumedLost } from "./lock-presumed-lost.ts";
import { insertReceipts, type Receipt } from "./store-receipts.ts";
import { insertTaskTokens } from "./store-task-tokens.ts";
import { type Dispatch, markDispatched, revokeLeases } from "./store-tasks.ts";

type Prepared = Candidate & { readonly built: BuiltPayload };

/**
 * Hands locked tasks to a machine: payload, token and receipts stand in the same transaction as
 * the lease, so nothing is sent that is not on record. A task whose payload cannot be built stays
 * as it was, and the others go; so does one whose earlier run is just being reported about.
 */
export async function dispatchTasks(
  ctx: WorkspaceContext,
  claim: Pick<Claim, "daemonId" | "claimId">,
  candidates: readonly Candidate[],
): Promise<readonly ClaimedTask[]> {
  if (candidates.length === 0) return [];
  const slots = candidates.filter((task) => !isRepeat(task)).map(({ row }) => row);
  const [facts, lost] = await Promise.all([
    readPayloadFacts(ctx, candidates, claim.daemonId),
    lockPresumedLost(ctx, slots),
  ]);
  const prepared = candidates.flatMap((candidate) => {
    if (lost.isReported(candidate.row)) return [];
    const built = tryBuild(ctx, candidate, facts);
    return built ? [{ ...candidate, built }] : [];
  });
  await recordDispatches(ctx, claim, prepared, lost.ids);
  return prepared.map(({ built }) => built.task);
}

function tryBuild(
  ctx: WorkspaceContext,
  candidate: Candidate,
  facts: Awaited<ReturnType<typeof readPayloadFacts>>,
): BuiltPayload | null {
  try {
    return buildPayload(ctx, candidate, facts);
  } catch (error) {
    // One task that cannot be prepared must not hold back the rest of the claim.
    ctx.services.log.error({ err: error, taskId: candidate.row.id }, "could not build a payload");
    return null;
  }
}

/** One statement per table for the whole claim, on their way together. */
async function recordDispatches(
  ctx: WorkspaceContext,
  claim: Pick<Claim, "daemonId">,
  prepared: readonly Prepared[],
  lostIds: readonly TaskId[],
): Promise<void> {
  const fresh = prepared.filter((task) => !isRepeat(task));
  const { secrets } = ctx.services;
  const tokens = prepared.map(({ row, state, built }) => ({
    taskId: row.id,
    lease: state.lease,
    secretHash: secrets.hash(built.task.token),
  }));
  await Promise.all([
    markDispatched(ctx, claim.daemonId, fresh.map(toDispatch)),
    revokeLeases(ctx, lostIds),
    insertTaskTokens(ctx, tokens),
    insertReceipts(ctx, prepared.flatMap(receiptsOf)),
  ]);
  for (const { row, state } of fresh) {
    emitTask(ctx, "task.dispatched", { ...row, status: state.status });
  }
}

function isRepeat({ row, state }: Candidate): boolean {
  return row.status === "dispatched" && row.lease === state.lease;
}

function toDispatch({ row, state, built }: Prepared): Dispatch {
  return {
    task: row,
    status: state.status,
    lease: state.lease,
    runtimeId: built.task.runtimeId,
    runtimeName: built.runtimeName,
    modelRequested: built.task.agent.model,
    skills: built.task.skills.map(({ id, name, hash }) => ({ id, name, hash })),
  };
}

function receiptsOf({ row, state, built }: Prepared): Receipt[] {
  return built.deliveredCommentIds.map((commentId) => ({
    taskId: row.id,
    agentId: row.agentId,
    lease: state.lease,
    commentId,
  }));
}
