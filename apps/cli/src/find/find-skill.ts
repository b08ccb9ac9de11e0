import type { SkillSummary } from "@headcount/contract/skills/schemas";
import type { Cli } from "../cli.ts";
import { findOne } from "./find-one.ts";

/** A skill of the workspace by name, id or the beginning of its id. */
export async function findSkill(cli: Cli, wanted: string): Promise<SkillSummary> {
  const { items } = await cli.call("skills.list", { workspace: await cli.workspace() });
  return findOne(items, wanted, "skill");
}
