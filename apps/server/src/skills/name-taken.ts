import type { SkillId } from "@headcount/contract/kit/ids";
import { foldName } from "@headcount/domain/skills/fold-name";
import { AppError } from "../platform/app-error.ts";
import type { WorkspaceContext } from "../platform/context.ts";
import { violatedConstraint } from "../platform/database.ts";

/** Runs a write and says in words when another skill has the name. @throws conflict `name_taken` */
export async function refuseTakenName<T>(name: string, write: Promise<T>): Promise<T> {
  try {
    return await write;
  } catch (error) {
    if (violatedConstraint(error) !== "skills_name") throw error;
    throw nameTaken(name, error);
  }
}

export function nameTaken(name: string, cause?: unknown): AppError {
  return new AppError("conflict", `Another skill is named ${name}. Choose another name.`, {
    reason: "name_taken",
    cause,
  });
}

/** The skill with a name, as file systems compare names; null when there is none. */
export async function findByName(ctx: WorkspaceContext, name: string): Promise<SkillId | null> {
  const [row] = await ctx.sql<{ id: SkillId }[]>`
    select id from skills
    where workspace_id = ${ctx.workspaceId} and name_key = ${foldName(name)}`;
  return row?.id ?? null;
}
