import { z } from "zod";
import { DaemonId, UserId } from "../kit/ids.ts";

/**
 * How agents work in a folder of somebody's machine. `in_place`: in the folder itself, one run at a
 * time. `worktree`: in a worktree of its repository, which takes over what is not committed there
 * and leaves a branch behind; the folder itself is not written to.
 */
export const DirectoryMode = z.enum(["in_place", "worktree"]);
export type DirectoryMode = z.infer<typeof DirectoryMode>;

/** An absolute path of a machine that runs Linux or macOS. */
export const DirectoryPath = z
  .string()
  .min(1)
  .max(1_000)
  // oxlint-disable-next-line no-control-regex -- they would hide in what people read
  .regex(/^\/[^\u0000-\u001f]*$/, { message: "is not an absolute path" });

/** Where tasks of a project run on one machine, instead of in a folder that Headcount makes. */
export const LocalDirectory = z.object({ path: DirectoryPath, mode: DirectoryMode });
export type LocalDirectory = z.infer<typeof LocalDirectory>;

export const ProjectDirectory = z.object({
  /** The daemon that serves the machine now. */
  daemonId: DaemonId,
  machineName: z.string(),
  owner: z.object({ id: UserId, name: z.string() }),
  /** The whole path for the machine's owner; for everybody else a home directory is `~`. */
  path: z.string(),
  mode: DirectoryMode,
});
export type ProjectDirectory = z.infer<typeof ProjectDirectory>;
