import { AppError } from "../platform/app-error.ts";
import type { WorkspaceContext } from "../platform/context.ts";
import { getSkill } from "./read-skills.ts";
import type { SkillRow } from "./skill-rows.ts";

/** @throws conflict `revision_conflict` with the current skill */
export async function assertRevision(
  ctx: WorkspaceContext,
  skill: SkillRow,
  expected: number | undefined,
): Promise<void> {
  if (expected === undefined || expected === skill.revision) return;
  throw new AppError("conflict", "Somebody else changed this skill meanwhile. Reload it.", {
    reason: "revision_conflict",
    details: { current: await getSkill(ctx, skill.id) },
  });
}
