import { skills } from "@headcount/contract/skills/routes";
import { command } from "../platform/command.ts";
import { addSkill } from "./add-skill.ts";
import { assertFiles, toStoredFile } from "./check-files.ts";
import { distinctLabels } from "./distinct-labels.ts";
import { splitFrontMatter } from "./front-matter.ts";
import { getSkill } from "./read-skills.ts";

export const createSkill = command(skills.create, async (ctx, input) => {
  const { frontMatter, instructions } = splitFrontMatter(input.instructions);
  const files = input.files.map(toStoredFile);
  assertFiles(
    instructions,
    files.map(({ path, content }) => ({ path, sizeBytes: content.length })),
  );
  const { name, description } = input;
  const labels = distinctLabels(input.labels);
  const fields = { name, description, frontMatter, instructions, labels };
  const id = await addSkill(ctx, { ...fields, source: { kind: "written" } }, files);
  return getSkill(ctx, id);
});
