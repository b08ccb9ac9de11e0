import { z } from "zod";
import { ActorRef } from "../kit/actors.ts";
import { AgentId, SkillId } from "../kit/ids.ts";
import { Instant, line, text } from "../kit/values.ts";
import { SkillHash } from "./task-skill.ts";

/** Most bytes of one file, `SKILL.md` included. */
export const skillFileBytes = 1024 * 1024;
/** Most bytes of all files of a skill. */
export const skillTotalBytes = 8 * 1024 * 1024;
/** Most files of a skill, `SKILL.md` included. */
export const skillMostFiles = 256;
/** Most bytes of an archive that is imported. */
export const skillArchiveBytes = 16 * 1024 * 1024;

/** Where a skill was read from. */
export const SkillSource = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("written") }),
  z.object({ kind: z.literal("archive"), fileName: z.string() }),
  z.object({ kind: z.literal("url"), url: z.string(), importedAt: Instant }),
]);
export type SkillSource = z.infer<typeof SkillSource>;

/** Text as it is, anything else in base64. */
export const SkillEncoding = z.enum(["utf8", "base64"]);
export type SkillEncoding = z.infer<typeof SkillEncoding>;

export const SkillFileEntry = z.object({
  path: z.string(),
  sizeBytes: z.int(),
  executable: z.boolean(),
});
export type SkillFileEntry = z.infer<typeof SkillFileEntry>;

export const SkillFileContent = z.object({
  path: z.string(),
  executable: z.boolean(),
  encoding: SkillEncoding,
  content: z.string(),
});
export type SkillFileContent = z.infer<typeof SkillFileContent>;

const skillHead = {
  id: SkillId,
  name: z.string(),
  description: z.string(),
  labels: z.array(z.string()),
  creator: ActorRef,
  source: SkillSource,
  hash: SkillHash,
  /** With `SKILL.md`. */
  fileCount: z.int(),
  /** With `SKILL.md`. */
  sizeBytes: z.int(),
  /** Whether the caller may change it. */
  canEdit: z.boolean(),
  revision: z.int(),
  createdAt: Instant,
  updatedAt: Instant,
};

/** A skill in a list; `agentCount` counts the agents that the caller sees and that use it. */
export const SkillSummary = z.object({ ...skillHead, agentCount: z.int() });
export type SkillSummary = z.infer<typeof SkillSummary>;

/** A skill that comes with the product and that every agent has. */
export const BuiltInSkill = z.object({
  name: z.string(),
  description: z.string(),
  hash: SkillHash,
  sizeBytes: z.int(),
  instructions: z.string(),
  files: z.array(SkillFileContent),
});
export type BuiltInSkill = z.infer<typeof BuiltInSkill>;

export const SkillUse = z.object({ agentId: AgentId, agentName: z.string(), enabled: z.boolean() });
export type SkillUse = z.infer<typeof SkillUse>;

export const Skill = z.object({
  ...skillHead,
  /** Text of `SKILL.md` below its front matter. */
  instructions: z.string(),
  /** Lines of the front matter besides name and description, YAML; empty when there are none. */
  frontMatter: z.string(),
  /** Files besides `SKILL.md`, by path. */
  files: z.array(SkillFileEntry),
  /** Agents that the caller sees. */
  agents: z.array(SkillUse),
});
export type Skill = z.infer<typeof Skill>;

export const SkillName = line(64);
export const SkillLabels = z.array(line(48)).max(20);

/** A file to be written. Its path is relative to the skill's folder, with `/`. */
export const NewSkillFile = z.object({
  path: z.string().min(1).max(300),
  content: z.string().max(skillFileBytes * 2),
  encoding: SkillEncoding.default("utf8"),
  executable: z.boolean().default(false),
});
export type NewSkillFile = z.infer<typeof NewSkillFile>;

export const NewSkill = z.object({
  name: SkillName,
  description: line(1_024),
  /** `SKILL.md`; front matter in front of it is read, apart from its name and description. */
  instructions: text(skillFileBytes),
  labels: SkillLabels.default([]),
  files: z.array(NewSkillFile).max(skillMostFiles).default([]),
});

export const SkillChanges = z.object({
  name: SkillName.optional(),
  description: line(1_024).optional(),
  instructions: text(skillFileBytes).optional(),
  labels: SkillLabels.optional(),
});

/** What becomes of an import whose name is taken. */
export const SkillConflict = z.enum(["fail", "overwrite", "rename", "skip"]);
export type SkillConflict = z.infer<typeof SkillConflict>;

export const SkillImportOutcome = z.enum(["created", "overwritten", "renamed", "skipped"]);
export type SkillImportOutcome = z.infer<typeof SkillImportOutcome>;

/** A skill of an agent. */
export const AgentSkill = z.object({
  skillId: SkillId,
  name: z.string(),
  description: z.string(),
  hash: SkillHash,
  enabled: z.boolean(),
});
export type AgentSkill = z.infer<typeof AgentSkill>;

/** Files of a skill as they travel to machines; a bundle's hash is that of its text. */
export const SkillBundle = z.object({
  name: z.string(),
  description: z.string(),
  frontMatter: z.string(),
  instructions: z.string(),
  files: z.array(SkillFileContent),
});
export type SkillBundle = z.infer<typeof SkillBundle>;
