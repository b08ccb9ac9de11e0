import type { SkillId } from "@headcount/contract/kit/ids";
import { actorColumns } from "../platform/append-changes.ts";
import { effectiveUserId, type WorkspaceContext } from "../platform/context.ts";
import { refuseTakenName } from "./name-taken.ts";
import { sealSkill } from "./seal-skill.ts";
import { insertSkill, replaceFiles, type SkillFields, type StoredFile } from "./store.ts";

/** Makes a skill that belongs to whoever asks. @throws conflict `name_taken`, invalid */
export async function addSkill(
  ctx: WorkspaceContext,
  fields: SkillFields,
  files: readonly StoredFile[],
): Promise<SkillId> {
  const id = ctx.newId<SkillId>();
  const creator = { ...actorColumns(ctx.actor), originatorId: effectiveUserId(ctx.actor) };
  await refuseTakenName(fields.name, insertSkill(ctx, id, fields, creator));
  await replaceFiles(ctx, id, files);
  await sealSkill(ctx, id, null);
  return id;
}
