import type { AgentId, SkillId } from "@headcount/contract/kit/ids";
import { AppError } from "../platform/app-error.ts";
import type { WorkspaceContext } from "../platform/context.ts";
import { insertBindings } from "./store.ts";

/** Gives a new agent its first skills. @throws invalid when one of them does not exist */
export async function attachSkills(
  ctx: WorkspaceContext,
  agentId: AgentId,
  skillIds: readonly SkillId[],
): Promise<void> {
  const wanted = [...new Set(skillIds)];
  if (wanted.length === 0) return;
  const found = await ctx.sql`
    select 1 from skills
    where workspace_id = ${ctx.workspaceId} and id = any(${wanted}::uuid[]) for share`;
  if (found.length !== wanted.length) {
    throw new AppError("invalid", "One of the skills does not exist in this workspace.", {
      reason: "validation",
      details: { fields: [{ path: "skillIds", message: "names a skill that does not exist" }] },
    });
  }
  await insertBindings(ctx, agentId, wanted);
}
