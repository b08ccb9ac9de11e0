import { z } from "zod";

/** What the list of skills shows, as it stands in the address. */
export const SkillsSearch = z.object({
  text: z.string().max(100).optional().catch(undefined),
});
export type SkillsSearch = z.infer<typeof SkillsSearch>;

export const skillTabs = ["files", "agents", "details"] as const;
export type SkillTab = (typeof skillTabs)[number];

/** The open tab of a skill's page, and its open file; none is `SKILL.md`. */
export const SkillPageSearch = z.object({
  tab: z.enum(skillTabs).optional().catch(undefined),
  file: z.string().max(300).optional().catch(undefined),
});
export type SkillPageSearch = z.infer<typeof SkillPageSearch>;

/** Takes the place of an id in the address of the skill that comes with the product. */
export const builtInId = "built-in";
