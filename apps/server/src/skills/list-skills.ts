import { skills } from "@headcount/contract/skills/routes";
import { query } from "../platform/command.ts";
import { readBuiltIns } from "./built-in/read-built-ins.ts";
import { getSkill, readSkills } from "./read-skills.ts";

export const listSkills = query(skills.list, async (ctx) => ({
  items: await readSkills(ctx),
  builtIns: (await readBuiltIns()).map(({ shown }) => shown),
}));

export const getSkillQuery = query(skills.get, (ctx, input) => getSkill(ctx, input.skillId));
