import { skills } from "@headcount/contract/skills/routes";
import { canonicalFolder } from "@headcount/domain/skills/canonical-folder";
import { query } from "../platform/command.ts";
import { writeArchive } from "./archive/write-archive.ts";
import { getSkillRow } from "./skill-rights.ts";
import { readSkillTexts, readStoredFiles } from "./skill-rows.ts";

export const exportSkill = query(skills.export, async (ctx, input) => {
  const skill = await getSkillRow(ctx, input.skillId);
  const texts = await readSkillTexts(ctx, skill.id);
  const files = await readStoredFiles(ctx, skill.id);
  const folder = canonicalFolder({ name: skill.name, key: skill.id });
  const place = { folder, changedAt: skill.updatedAt };
  const archive = await writeArchive({ ...skill, ...texts }, files, place);
  return { fileName: `${folder}.zip`, data: archive.toString("base64") };
});
