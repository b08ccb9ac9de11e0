import { agents } from "@headcount/contract/agents/routes";
import { AgentLimits, type Agent } from "@headcount/contract/agents/schemas";
import type { AgentId, SkillId, UserId } from "@headcount/contract/kit/ids";
import type { ParsedInputOf } from "@headcount/contract/kit/route";
import { AppError } from "../platform/app-error.ts";
import { humanRequired } from "../platform/authorise.ts";
import { command } from "../platform/command.ts";
import { effectiveUserId, type WorkspaceContext } from "../platform/context.ts";
import { attachSkills } from "../skills/attach-skills.ts";
import { assertMembers } from "./assert-members.ts";
import { assertUsableRuntime } from "./assert-usable-runtime.ts";
import { emitAgent } from "./emit-agent.ts";
import { refuseTakenName } from "./name-taken.ts";
import { getAgent } from "./read-agents.ts";
import { insertAgent, replaceAllowedMembers } from "./store.ts";

export type AgentToCreate = Omit<ParsedInputOf<typeof agents.create>, "workspace" | "skillIds"> & {
  readonly skillIds?: readonly SkillId[];
};

export const createAgentCommand = command(agents.create, (ctx, input) => createAgent(ctx, input));

/**
 * Creates an agent that belongs to the person behind the call.
 * @throws forbidden `runtime_not_shared`, conflict `name_taken`, not_found for the runtime
 */
export async function createAgent(ctx: WorkspaceContext, input: AgentToCreate): Promise<Agent> {
  const ownerId = ownerOf(ctx);
  assertMayOpen(ctx, input);
  const runtimeId = input.runtimeId ?? null;
  if (runtimeId !== null) await assertUsableRuntime(ctx, runtimeId, ownerId);
  await assertMembers(ctx, input.allowedMemberIds);
  const id = ctx.newId<AgentId>();
  const limits = AgentLimits.parse(input.limits ?? {});
  await refuseTakenName(
    input.name,
    insertAgent(ctx, {
      id,
      ownerId,
      name: input.name,
      description: input.description ?? "",
      instructions: input.instructions ?? "",
      runtimeId,
      model: input.model ?? null,
      effort: input.effort ?? null,
      arguments: input.arguments ?? [],
      maxConcurrentTasks: limits.maxConcurrentTasks,
      wallClockMinutes: limits.wallClockMinutes,
      access: input.access,
    }),
  );
  if (input.allowedMemberIds.length > 0) {
    await replaceAllowedMembers(ctx, id, input.allowedMemberIds);
  }
  await attachSkills(ctx, id, input.skillIds ?? []);
  emitAgent(ctx, "agent.created", { id, revision: 1 });
  return getAgent(ctx, id);
}

/** Whom an agent is open to is for people to decide, from the first moment on. */
function assertMayOpen(ctx: WorkspaceContext, input: AgentToCreate): void {
  const isOpen = input.access !== "owner_only" || input.allowedMemberIds.length > 0;
  if (isOpen && ctx.actor.kind === "agent") throw humanRequired();
}

/** What an agent creates belongs to the person for whom it runs. */
function ownerOf(ctx: WorkspaceContext): UserId {
  const userId = effectiveUserId(ctx.actor);
  if (userId !== null) return userId;
  throw new AppError("forbidden", "Nobody stands behind this run, so it may not create agents.", {
    reason: "originator_unknown",
  });
}
