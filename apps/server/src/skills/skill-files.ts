import { skillFiles } from "@headcount/contract/skills/routes";
import { notFound } from "../platform/app-error.ts";
import { command, query } from "../platform/command.ts";
import { assertRevision } from "./assert-revision.ts";
import { toStoredFile } from "./check-files.ts";
import { toFileContent } from "./make-bundle.ts";
import { getSkill } from "./read-skills.ts";
import { sealSkill } from "./seal-skill.ts";
import { getSkillRow, lockSkill } from "./skill-rights.ts";
import { readStoredFiles } from "./skill-rows.ts";
import { deleteFile, upsertFile } from "./store.ts";

export const readSkillFile = query(skillFiles.read, async (ctx, input) => {
  const skill = await getSkillRow(ctx, input.skillId);
  const [file] = await readStoredFiles(ctx, skill.id, input.path);
  if (!file) throw notFound("file");
  return toFileContent(file);
});

export const writeSkillFile = command(skillFiles.write, async (ctx, input) => {
  const before = await lockSkill(ctx, input.skillId, "skill.edit");
  await assertRevision(ctx, before, input.expectedRevision);
  await upsertFile(ctx, before.id, toStoredFile(input));
  await sealSkill(ctx, before.id, before);
  return getSkill(ctx, before.id);
});

export const removeSkillFile = command(skillFiles.remove, async (ctx, input) => {
  const before = await lockSkill(ctx, input.skillId, "skill.edit");
  if (!(await deleteFile(ctx, before.id, input.path))) throw notFound("file");
  await sealSkill(ctx, before.id, before);
  return getSkill(ctx, before.id);
});
