import type { TaskId } from "@headcount/contract/kit/ids";
import type { TriggerVerdict } from "@headcount/contract/issues/schemas";
import { triggerEffect } from "@headcount/domain/issues/triggers";
import { type Attribution, attribute } from "@headcount/domain/tasks/attribution";
import type { GuardVerdict } from "@headcount/domain/tasks/loop-guards";
import { isActive, isPending } from "@headcount/domain/tasks/task-can";
import type { WorkspaceContext } from "../platform/context.ts";
import { personMayInvoke, readinessOf } from "./agent-verdicts.ts";
import { checkGuards } from "./check-guards.ts";
import type { AdmittedRequest, EnqueueMode, EnqueueRequest } from "./enqueue-request.ts";
import { insertQueued } from "./insert-queued.ts";
import { joinSlot } from "./join-slot.ts";
import { lockOwners } from "./lock-owners.ts";
import { readSlot } from "./lock-tasks.ts";
import { noteGuardTrip } from "./note-guard-trip.ts";
import { readTargetAgent, type TargetAgent } from "./read-target-agent.ts";
import type { TaskRow } from "./task-row.ts";
import { unavailableVerdict } from "./trigger-verdict.ts";

/** The slot's pending place can be lost to another transaction this often before something is wrong. */
const maxRounds = 5;

/**
 * The only way into the queue: locks the owners, resolves access, guards and readiness, joins the
 * slot's work or inserts a task, and wakes the agent's machine when the transaction commits.
 * @throws not_found when the issue or the workspace is deleted
 */
export async function enqueueTask(
  ctx: WorkspaceContext,
  request: EnqueueRequest,
  mode: EnqueueMode,
): Promise<TriggerVerdict> {
  const owners = await lockOwners(ctx, request, mode);
  const agent = await readTargetAgent(ctx, request.agentId);
  if (!agent) return unavailableVerdict(request.agentId);
  const who = whoStandsBehind(request, agent);
  if (who === null || !(await personMayInvoke(ctx, agent, who.originatorId))) {
    return unavailableVerdict(request.agentId);
  }
  const admitted: AdmittedRequest = { ...request, agent, who, owners };
  const guard = await guardOf(ctx, admitted, mode);
  for (let round = 1; round <= maxRounds; round += 1) {
    const verdict = await tryOnce(ctx, admitted, guard, mode);
    if (verdict !== null) return verdict;
  }
  throw new Error("The slot's pending place was lost again and again");
}

function whoStandsBehind(request: EnqueueRequest, agent: TargetAgent): Attribution | null {
  if ("keep" in request.attribution) return request.attribution.keep;
  const decision = attribute({
    ...request.attribution,
    agentOwnerId: agent.ownerId,
    unattributedWork: "refuse",
  });
  return decision.ok ? decision.value : null;
}

/** A retry continues work that a guard has already let in. */
function guardOf(
  ctx: WorkspaceContext,
  request: AdmittedRequest,
  mode: EnqueueMode,
): Promise<GuardVerdict> {
  const humanTriggered = request.who.initiator.type === "member" || request.trigger === "retry";
  const work = { issueId: request.issueId, attribution: request.who, humanTriggered };
  return checkGuards(ctx, work, request.owners.settings, mode);
}

/** Null when another transaction took the slot's pending place and the decision has to be made again. */
async function tryOnce(
  ctx: WorkspaceContext,
  request: AdmittedRequest,
  guard: GuardVerdict,
  mode: EnqueueMode,
): Promise<TriggerVerdict | null> {
  const { issueId, agent } = request;
  const slot = issueId === null ? [] : await readSlot(ctx, { issueId, agentId: agent.id }, mode);
  const readiness = readinessOf(agent);
  const decision = triggerEffect({
    mayInvoke: true,
    readiness,
    guard,
    slot: slotState(slot),
    trigger: triggerKind(request.trigger),
    suppressed: request.suppressed,
  });
  const verdict = (taskId: TaskId | null, detail: string | null): TriggerVerdict => ({
    agentId: agent.id,
    agentName: agent.name,
    effect: decision.effect,
    reason: decision.reason,
    detail,
    taskId,
  });
  if (decision.effect === "none") return verdict(null, noneTexts[decision.reason] ?? null);
  if (decision.effect === "blocked") {
    if (!guard.ok && decision.reason === guard.reason) {
      if (mode === "write") await noteGuardTrip(ctx, request, guard);
      return verdict(null, guard.notice);
    }
    return verdict(null, readiness.detail);
  }
  if (mode === "preview") return verdict(null, readiness.detail);
  if (decision.effect === "coalesced") return verdict(await joinSlot(ctx, request, slot), null);
  const taskId = await insertQueued(ctx, request, slot);
  return taskId && verdict(taskId, readiness.detail);
}

const noneTexts: Readonly<Record<string, string>> = {
  suppressed: "Not woken, as asked.",
  already_pending: "Work of this agent on the issue is already waiting.",
};

function slotState(slot: readonly TaskRow[]): "free" | "pending" | "active" {
  if (slot.some((task) => isPending(task.status))) return "pending";
  return slot.some((task) => isActive(task.status)) ? "active" : "free";
}

function triggerKind(trigger: EnqueueRequest["trigger"]): "issue_write" | "comment" | "fallback" {
  return trigger === "comment" || trigger === "fallback" ? trigger : "issue_write";
}
