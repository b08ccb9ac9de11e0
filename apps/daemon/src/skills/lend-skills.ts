import path from "node:path";
import type { ClaimedTask } from "@headcount/contract/daemon/schemas";
import { renderSkills } from "@headcount/domain/briefs/render-skills";
import type { HostedCli } from "../machine/hosted-cli.ts";
import type { RunContext } from "../runs/run-context.ts";
import type { RunDirectories } from "../runs/run-directories.ts";
import { type FetchedSkill, placeSkills, removeSkills } from "./place-skills.ts";

/** Skills that stand ready for a run. */
export type LentSkills = {
  /** The brief with the list of them. */
  readonly brief: string;
  /** Path of each `SKILL.md`, absolute. */
  readonly documents: readonly string[];
  /** Takes them away again. */
  takeBack(): Promise<void>;
};

/**
 * Fetches the skills of a task, one after the other, and puts them where its CLI looks for them.
 *
 * @throws RunFailure `skill_bundle_unavailable`
 */
export async function lendSkills(
  context: Pick<RunContext, "bundles" | "config">,
  task: ClaimedTask,
  place: { readonly cli: HostedCli; readonly directories: RunDirectories },
  signal: AbortSignal,
): Promise<LentSkills> {
  const fetched: FetchedSkill[] = [];
  for (const skill of task.skills) {
    fetched.push({ skill, bundle: await context.bundles.fetch(skill, task.workspaceId, signal) });
  }
  const { directories, cli } = place;
  const { environment } = context.config;
  const placed = await placeSkills({ spec: cli.spec, directories, environment }, fetched);
  return {
    brief: `${task.brief}${renderSkills(placed)}`,
    documents: placed.map(({ document }) => path.resolve(directories.work, document)),
    takeBack: () => removeSkills(directories.root),
  };
}
