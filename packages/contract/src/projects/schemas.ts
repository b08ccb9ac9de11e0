import { z } from "zod";
import { ProjectId } from "../kit/ids.ts";
import { holdsPassword, passwordRefused } from "../kit/holds-password.ts";
import { Instant, line, text } from "../kit/values.ts";
import { ProjectDirectory } from "./directory.ts";

/** A Git address in https, ssh or scp form, or an absolute local path of a bare or normal repository. */
export const RepositoryUrl = z
  .string()
  .min(1)
  .max(1_000)
  .regex(/^((https?|ssh|git|file):\/\/\S+|[\w.-]+@[\w.-]+:\S+|\/[^\r\n]+)$/, {
    message: "is not a Git address (https, ssh, user@host:path, file or an absolute path)",
  })
  .refine((url) => !holdsPassword(url), { message: passwordRefused });

export const ProjectRepository = z.object({
  url: RepositoryUrl,
  /** Branch, tag or commit that work starts from; null means the repository's default branch. */
  ref: z.string().min(1).max(250).nullable().default(null),
});

export const Project = z.object({
  id: ProjectId,
  title: z.string(),
  description: z.string(),
  repositories: z.array(ProjectRepository),
  /** At most one per machine. */
  directories: z.array(ProjectDirectory),
  revision: z.int(),
  createdAt: Instant,
});
export type Project = z.infer<typeof Project>;

export const NewProject = z.object({
  title: line(200),
  description: text(20_000).default(""),
  repositories: z.array(ProjectRepository).max(10).default([]),
});

export const ProjectChanges = z.object({
  title: line(200).optional(),
  description: text(20_000).optional(),
  repositories: z.array(ProjectRepository).max(10).optional(),
});
