import type { ClaimedTask } from "@headcount/contract/daemon/schemas";
import { leaseMs } from "@headcount/domain/tasks/transitions";
import type { WorkspaceContext } from "../platform/context.ts";
import { buildPayload, type BuiltPayload } from "./build-payload.ts";
import type { Candidate } from "./candidate.ts";
import type { Claim } from "./claim.ts";
import { emitTask } from "./emit-task.ts";
import { readPayloadFacts } from "./read-payload-facts.ts";
import { insertReceipts, insertTaskToken, revokePresumedLost, updateTask } from "./store.ts";

/**
 * Hands locked tasks to a machine: payload, token and receipts stand in the same transaction as
 * the lease, so nothing is sent that is not on record. A task whose payload cannot be built stays
 * as it was, and the others go.
 */
export async function dispatchTasks(
  ctx: WorkspaceContext,
  claim: Pick<Claim, "daemonId" | "claimId">,
  candidates: readonly Candidate[],
): Promise<readonly ClaimedTask[]> {
  if (candidates.length === 0) return [];
  const facts = await readPayloadFacts(ctx, candidates, claim.daemonId);
  const claimed: ClaimedTask[] = [];
  for (const candidate of candidates) {
    const built = tryBuild(ctx, candidate, facts);
    if (!built) continue;
    await recordDispatch(ctx, claim, candidate, built);
    claimed.push(built.task);
  }
  return claimed;
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

async function recordDispatch(
  ctx: WorkspaceContext,
  claim: Pick<Claim, "daemonId">,
  { row, state }: Candidate,
  built: BuiltPayload,
): Promise<void> {
  const isRepeat = row.status === "dispatched" && row.lease === state.lease;
  if (!isRepeat) {
    await updateTask(ctx, row, {
      status: state.status,
      lease: state.lease,
      leaseRevoked: false,
      leaseExpiresAt: new Date(ctx.now.getTime() + leaseMs),
      dispatchedAt: ctx.now,
      runtimeId: built.task.runtimeId,
      daemonId: claim.daemonId,
      runtimeName: built.runtimeName,
      modelRequested: built.task.agent.model,
      step: "preparing",
      stepSince: ctx.now,
      progressAt: ctx.now,
    });
    await revokePresumedLost(ctx, row);
    emitTask(ctx, "task.dispatched", { ...row, status: state.status });
  }
  await insertTaskToken(ctx, {
    taskId: row.id,
    lease: state.lease,
    secretHash: ctx.services.secrets.hash(built.task.token),
  });
  await insertReceipts(ctx, {
    taskId: row.id,
    agentId: row.agentId,
    lease: state.lease,
    commentIds: built.deliveredCommentIds,
  });
}
