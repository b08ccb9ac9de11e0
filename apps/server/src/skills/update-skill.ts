import { skills } from "@headcount/contract/skills/routes";
import { command } from "../platform/command.ts";
import { assertRevision } from "./assert-revision.ts";
import { distinctLabels } from "./distinct-labels.ts";
import { splitFrontMatter } from "./front-matter.ts";
import { refuseTakenName } from "./name-taken.ts";
import { getSkill } from "./read-skills.ts";
import { sealSkill } from "./seal-skill.ts";
import { lockSkill } from "./skill-rights.ts";
import { readSkillTexts } from "./skill-rows.ts";
import { updateSkillFields } from "./store.ts";

/** Changes what a skill says; tasks that are claimed later get it. */
export const updateSkill = command(skills.update, async (ctx, input) => {
  const before = await lockSkill(ctx, input.skillId, "skill.edit");
  await assertRevision(ctx, before, input.expectedRevision);
  const stored = await readSkillTexts(ctx, before.id);
  const written = input.instructions === undefined ? null : splitFrontMatter(input.instructions);
  const fields = {
    name: input.name ?? before.name,
    description: input.description ?? before.description,
    labels: input.labels === undefined ? before.labels : distinctLabels(input.labels),
    source: before.source,
    instructions: written?.instructions ?? stored.instructions,
    // Text without front matter says nothing about it.
    frontMatter: written?.frontMatter || stored.frontMatter,
  };
  await refuseTakenName(fields.name, updateSkillFields(ctx, before.id, fields));
  await sealSkill(ctx, before.id, before);
  return getSkill(ctx, before.id);
});
