/**
 * `SKILL.md` as it stands in a folder: front matter whose name is the folder's, then the text.
 * Strings of JSON are strings of YAML 1.2 as well.
 */
export function renderSkillDocument(
  skill: {
    readonly description: string;
    readonly frontMatter: string;
    readonly instructions: string;
  },
  folder: string,
): string {
  const more = skill.frontMatter.trim();
  return [
    "---",
    `name: ${folder}`,
    `description: ${JSON.stringify(skill.description)}`,
    ...(more === "" ? [] : [more]),
    "---",
    "",
    skill.instructions.trimEnd(),
    "",
  ].join("\n");
}
