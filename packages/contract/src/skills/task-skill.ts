import { z } from "zod";
import { SkillId } from "../kit/ids.ts";

/** SHA-256 of a bundle, in lower-case hexadecimal digits. */
export const SkillHash = z.string().regex(/^[0-9a-f]{64}$/);
export type SkillHash = z.infer<typeof SkillHash>;

/** A skill that a run was given. */
export const TaskSkill = z.object({
  id: SkillId.nullable(),
  name: z.string(),
  hash: SkillHash,
});
export type TaskSkill = z.infer<typeof TaskSkill>;
