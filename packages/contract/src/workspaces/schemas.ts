import { z } from "zod";
import { WorkspaceId } from "../kit/ids.ts";
import { holdsPassword, passwordRefused } from "../kit/holds-password.ts";
import { Instant, line, text } from "../kit/values.ts";
import { reservedSlugs } from "./reserved-slugs.ts";

export const WorkspaceSlug = z
  .string()
  .min(2)
  .max(48)
  .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/)
  .refine((slug) => !reservedSlugs.has(slug), { message: "is reserved" });

export const IssuePrefix = z.string().regex(/^[A-Z0-9]{1,10}$/);

export const Role = z.enum(["owner", "admin", "member"]);
export type Role = z.infer<typeof Role>;

export const WorkspaceRepository = z.object({
  url: z
    .string()
    .min(1)
    .max(1_000)
    .refine((url) => !holdsPassword(url), { message: passwordRefused }),
  description: text(500).default(""),
});

/** Limits that stop agents from starting one another without end. */
export const WorkspaceSettings = z.object({
  /** Agent-starts-agent steps since the last human action. */
  maxHops: z.int().min(1).max(50).default(8),
  maxTasksPerIssuePerHour: z.int().min(1).max(1_000).default(20),
  maxAgentTasksPerOriginatorPerHour: z.int().min(1).max(10_000).default(120),
  /** How long an unclaimed task waits before it fails as `queued_expired`, minutes. */
  queueExpiryMinutes: z.int().min(15).max(20_160).default(120),
  stallAfterMinutes: z.int().min(1).max(1_440).default(10),
  /** How many times its usual spend makes an agent a runaway that is held; 0 switches the guard off. */
  runawayFactor: z.int().min(0).max(100).default(8),
});
export type WorkspaceSettings = z.infer<typeof WorkspaceSettings>;

export const Workspace = z.object({
  id: WorkspaceId,
  slug: z.string(),
  name: z.string(),
  description: z.string(),
  /** Free text that every agent receives in its brief. */
  context: z.string(),
  issuePrefix: z.string(),
  repositories: z.array(WorkspaceRepository),
  settings: WorkspaceSettings,
  revision: z.int(),
  createdAt: Instant,
  deletedAt: Instant.nullable(),
});
export type Workspace = z.infer<typeof Workspace>;

export const NewWorkspace = z.object({
  name: line(80),
  slug: WorkspaceSlug,
  issuePrefix: IssuePrefix.optional(),
  description: text(2_000).default(""),
});

export const WorkspaceChanges = z.object({
  name: line(80).optional(),
  description: text(2_000).optional(),
  context: text(20_000).optional(),
  issuePrefix: IssuePrefix.optional(),
  repositories: z.array(WorkspaceRepository).max(50).optional(),
  settings: WorkspaceSettings.partial().optional(),
});
