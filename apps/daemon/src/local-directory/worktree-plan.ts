import { rm } from "node:fs/promises";
import path from "node:path";
import { z } from "zod";
import { readFileIfThere, writeFileAtomically } from "../state/atomic-file.ts";

/**
 * What a run's worktree of a person's repository is made from and where it has got to. It is
 * written before each step, so that whatever ends the daemon, the next one knows what is there.
 */
export const WorktreePlan = z.object({
  /** Top folder of the person's working tree. */
  source: z.string(),
  commonDirectory: z.string(),
  branch: z.string(),
  /**
   * `making`: half of it may be there, nobody has worked in it. `live`: an agent works in it, or its
   * work waits to be committed. `left`: all of it is on the branch and the folder is gone.
   */
  state: z.enum(["making", "live", "left"]),
  /** Where the branch began; null in a repository without a commit. */
  origin: z.string().nullable(),
  /** Commit of the branch when this run began. */
  base: z.string().nullable(),
  /** All files when the run began; null while they are those of `base`. */
  carried: z.string().nullable(),
});
export type WorktreePlan = z.infer<typeof WorktreePlan>;

const planOf = (root: string): string => path.join(root, ".worktree.json");

/** Null where no worktree of a person's repository was made. @throws when the file is damaged */
export async function readWorktreePlan(root: string): Promise<WorktreePlan | null> {
  const text = await readFileIfThere(planOf(root));
  return text === null ? null : WorktreePlan.parse(JSON.parse(text));
}

export async function writeWorktreePlan(root: string, plan: WorktreePlan): Promise<void> {
  await writeFileAtomically(planOf(root), JSON.stringify(plan));
}

export async function removeWorktreePlan(root: string): Promise<void> {
  await rm(planOf(root), { force: true });
}
