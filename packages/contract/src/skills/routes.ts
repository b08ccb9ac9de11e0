import { z } from "zod";
import { AgentId, SkillId } from "../kit/ids.ts";
import { route } from "../kit/route.ts";
import { workspacePath } from "../kit/values.ts";
import {
  AgentSkill,
  BuiltInSkill,
  NewSkill,
  NewSkillFile,
  Skill,
  skillArchiveBytes,
  SkillChanges,
  SkillConflict,
  SkillFileContent,
  SkillImportOutcome,
  SkillSummary,
  skillTotalBytes,
} from "./schemas.ts";

const skillPath = { ...workspacePath, skillId: SkillId };
const bindingPath = { ...workspacePath, agentId: AgentId, skillId: SkillId };
const filePath = z.string().min(1).max(300);

/** Bytes in base64 take a third more; the rest is for the names around them. */
const inBase64 = (bytes: number): number => Math.ceil(bytes / 3) * 4 + 64 * 1024;

export const skills = {
  list: route({
    name: "skills.list",
    method: "GET",
    path: "/api/w/:workspace/skills",
    summary: "Skills of the workspace, and those that come with the product",
    access: "member",
    input: z.object(workspacePath),
    output: z.object({ items: z.array(SkillSummary), builtIns: z.array(BuiltInSkill) }),
  }),
  create: route({
    name: "skills.create",
    method: "POST",
    path: "/api/w/:workspace/skills",
    summary: "Create a skill",
    access: "member",
    input: z.object({ ...workspacePath, ...NewSkill.shape }),
    output: Skill,
    reasons: ["name_taken"],
    bodyLimitBytes: inBase64(skillTotalBytes),
  }),
  get: route({
    name: "skills.get",
    method: "GET",
    path: "/api/w/:workspace/skills/:skillId",
    summary: "One skill with its instructions and the list of its files",
    access: "member",
    input: z.object(skillPath),
    output: Skill,
  }),
  update: route({
    name: "skills.update",
    method: "PATCH",
    path: "/api/w/:workspace/skills/:skillId",
    summary: "Change a skill; affects tasks claimed afterwards",
    access: "member",
    input: z.object({
      ...skillPath,
      ...SkillChanges.shape,
      expectedRevision: z.int().optional(),
    }),
    output: Skill,
    reasons: ["name_taken", "role_required", "revision_conflict"],
    bodyLimitBytes: 4 * 1024 * 1024,
  }),
  delete: route({
    name: "skills.delete",
    method: "DELETE",
    path: "/api/w/:workspace/skills/:skillId",
    summary: "Delete a skill and take it from every agent",
    access: "member_human",
    input: z.object(skillPath),
    output: z.object({}),
    reasons: ["role_required"],
  }),
  import: route({
    name: "skills.import",
    method: "POST",
    path: "/api/w/:workspace/skills/import",
    summary: "Read a skill from an archive, or from an address that leads to one",
    access: "member",
    input: z.object({
      ...workspacePath,
      source: z.discriminatedUnion("kind", [
        z.object({
          kind: z.literal("archive"),
          fileName: z.string().min(1).max(255),
          /** A `.zip` or `.skill` file in base64. */
          data: z.string().min(1),
        }),
        z.object({ kind: z.literal("url"), url: z.string().min(1).max(2_000) }),
      ]),
      onConflict: SkillConflict.default("fail"),
    }),
    output: z.object({ outcome: SkillImportOutcome, skill: Skill }),
    reasons: [
      "name_taken",
      "role_required",
      "skill.bad_archive",
      "skill.bad_address",
      "skill.unreachable",
    ],
    bodyLimitBytes: inBase64(skillArchiveBytes),
  }),
  export: route({
    name: "skills.export",
    method: "GET",
    path: "/api/w/:workspace/skills/:skillId/export",
    summary: "A skill as an archive that can be imported again",
    access: "member",
    input: z.object(skillPath),
    output: z.object({ fileName: z.string(), /** A zip file in base64. */ data: z.string() }),
  }),
};

export const skillFiles = {
  read: route({
    name: "skill-files.read",
    method: "GET",
    path: "/api/w/:workspace/skills/:skillId/file",
    summary: "Content of one file of a skill",
    access: "member",
    input: z.object({ ...skillPath, path: filePath }),
    output: SkillFileContent,
  }),
  write: route({
    name: "skill-files.write",
    method: "PUT",
    path: "/api/w/:workspace/skills/:skillId/file",
    summary: "Write one file of a skill",
    access: "member",
    input: z.object({
      ...skillPath,
      ...NewSkillFile.shape,
      expectedRevision: z.int().optional(),
    }),
    output: Skill,
    reasons: ["role_required", "revision_conflict"],
    bodyLimitBytes: 4 * 1024 * 1024,
  }),
  remove: route({
    name: "skill-files.remove",
    method: "DELETE",
    path: "/api/w/:workspace/skills/:skillId/file",
    summary: "Remove one file of a skill",
    access: "member",
    input: z.object({ ...skillPath, path: filePath }),
    output: Skill,
    reasons: ["role_required"],
  }),
};

export const agentSkills = {
  list: route({
    name: "agent-skills.list",
    method: "GET",
    path: "/api/w/:workspace/agents/:agentId/skills",
    summary: "Skills of an agent",
    access: "member",
    input: z.object({ ...workspacePath, agentId: AgentId }),
    output: z.object({ items: z.array(AgentSkill) }),
  }),
  bind: route({
    name: "agent-skills.bind",
    method: "PUT",
    path: "/api/w/:workspace/agents/:agentId/skills/:skillId",
    summary: "Give an agent a skill, or switch it on or off; affects tasks claimed afterwards",
    access: "member_human",
    input: z.object({ ...bindingPath, enabled: z.boolean().default(true) }),
    output: z.object({ items: z.array(AgentSkill) }),
    reasons: ["role_required", "skill.too_many"],
  }),
  unbind: route({
    name: "agent-skills.unbind",
    method: "DELETE",
    path: "/api/w/:workspace/agents/:agentId/skills/:skillId",
    summary: "Take a skill from an agent",
    access: "member_human",
    input: z.object(bindingPath),
    output: z.object({ items: z.array(AgentSkill) }),
    reasons: ["role_required"],
  }),
};
