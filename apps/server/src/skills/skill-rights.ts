import type { SkillId } from "@headcount/contract/kit/ids";
import { type Capability, isAllowed } from "@headcount/domain/members/permissions";
import { notFound } from "../platform/app-error.ts";
import { roleRequired } from "../platform/authorise.ts";
import type { WorkspaceContext } from "../platform/context.ts";
import { readSkillRows, type SkillRow } from "./skill-rows.ts";

type SkillCapability = Extract<Capability, `skill.${string}`>;

/**
 * A skill is own for the person who made it, or for whom the run worked that made it. To an agent
 * only what it made itself is its own: it must not rewrite what other agents are told.
 */
export function mayDo(
  { actor }: Pick<WorkspaceContext, "actor">,
  skill: Pick<SkillRow, "creatorType" | "creatorId" | "originatorId">,
  capability: SkillCapability,
): boolean {
  if (actor.kind === "agent") {
    const isOwn = skill.creatorType === "agent" && skill.creatorId === actor.agentId;
    return isAllowed("agent", capability, isOwn ? "own" : "other");
  }
  if (actor.kind !== "member") return false;
  const maker = skill.creatorType === "member" ? skill.creatorId : skill.originatorId;
  return isAllowed(actor.role, capability, maker === actor.userId ? "own" : "other");
}

/** Locks a skill for a change that the caller may make. @throws not_found, forbidden */
export async function lockSkill(
  ctx: WorkspaceContext,
  id: SkillId,
  capability: SkillCapability,
): Promise<SkillRow> {
  await ctx.sql`
    select 1 from skills where workspace_id = ${ctx.workspaceId} and id = ${id} for update`;
  const skill = await getSkillRow(ctx, id);
  if (mayDo(ctx, skill, capability)) return skill;
  throw roleRequired(
    capability === "skill.overwrite" ? "the skill's creator" : "the skill's creator or an admin",
  );
}

/** @throws not_found */
export async function getSkillRow(ctx: WorkspaceContext, id: SkillId): Promise<SkillRow> {
  const [row] = await readSkillRows(ctx, id);
  if (!row) throw notFound("skill");
  return row;
}
