import { visibleLine } from "./quote-text.ts";

/** A skill as it stands on the machine of a run. */
export type PlacedSkill = {
  readonly name: string;
  readonly description: string;
  /** Path of its `SKILL.md`, as the agent can open it. */
  readonly document: string;
};

/**
 * The section of the brief about skills; empty without any. CLIs that know skills find them by
 * themselves, all others by these paths. The same skills give the same bytes.
 */
export function renderSkills(skills: readonly PlacedSkill[]): string {
  if (skills.length === 0) return "";
  return [
    "",
    "# Skills",
    "Each of these files tells how to do one kind of work. Read the file before you do that work, and the files it names when you need them. They are lent to you for this run: do not change them and do not commit them.",
    ...skills.map(
      ({ name, description, document }) =>
        `- ${visibleLine(name)} (\`${visibleLine(document)}\`): ${visibleLine(description)}`,
    ),
    "",
  ].join("\n");
}
