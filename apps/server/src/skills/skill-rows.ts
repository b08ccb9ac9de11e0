import type { SkillId, UserId } from "@headcount/contract/kit/ids";
import type { ActorRef } from "@headcount/contract/kit/actors";
import type { SkillFileEntry, SkillSource, SkillUse } from "@headcount/contract/skills/schemas";
import { readClosedAgents } from "../agents/read-closed-agents.ts";
import type { WorkspaceContext } from "../platform/context.ts";
import type { StoredFile } from "./store.ts";

/** A skill without its texts, and the name of who made it. */
export type SkillRow = {
  readonly id: SkillId;
  readonly name: string;
  readonly description: string;
  readonly labels: string[];
  readonly source: SkillSource;
  readonly creatorType: ActorRef["type"];
  readonly creatorId: string | null;
  readonly creatorName: string | null;
  readonly originatorId: UserId | null;
  readonly bundleHash: string;
  readonly fileCount: number;
  readonly sizeBytes: number;
  readonly revision: number;
  readonly createdAt: Date;
  readonly updatedAt: Date;
};

/** Skills by name; all of them, or one. */
export function readSkillRows(ctx: WorkspaceContext, id: SkillId | null): Promise<SkillRow[]> {
  return ctx.sql<SkillRow[]>`
    select s.id, s.name, s.description, s.labels, s.source, s.creator_type, s.creator_id,
      coalesce(u.name, a.name) as creator_name, s.originator_id, s.bundle_hash, s.file_count,
      s.size_bytes, s.revision, s.created_at, s.updated_at
    from skills s
    left join users u on s.creator_type = 'member' and u.id = s.creator_id
    left join agents a on s.creator_type = 'agent' and a.workspace_id = s.workspace_id
      and a.id = s.creator_id
    where s.workspace_id = ${ctx.workspaceId} ${id === null ? ctx.sql`` : ctx.sql`and s.id = ${id}`}
    order by s.name_key`;
}

export type SkillTexts = {
  readonly instructions: string;
  readonly frontMatter: string;
};

export async function readSkillTexts(ctx: WorkspaceContext, id: SkillId): Promise<SkillTexts> {
  const [row] = await ctx.sql<SkillTexts[]>`
    select instructions, front_matter from skills
    where workspace_id = ${ctx.workspaceId} and id = ${id}`;
  if (!row) throw new Error(`Skill ${id} has no texts`);
  return row;
}

export function readFileEntries(ctx: WorkspaceContext, id: SkillId): Promise<SkillFileEntry[]> {
  return ctx.sql<SkillFileEntry[]>`
    select path, octet_length(content) as size_bytes, executable from skill_files
    where workspace_id = ${ctx.workspaceId} and skill_id = ${id} order by path`;
}

/** With content; all files of a skill, or one. */
export function readStoredFiles(
  ctx: Pick<WorkspaceContext, "sql" | "workspaceId">,
  id: SkillId,
  path: string | null = null,
): Promise<StoredFile[]> {
  return ctx.sql<StoredFile[]>`
    select path, content, executable from skill_files
    where workspace_id = ${ctx.workspaceId} and skill_id = ${id}
      ${path === null ? ctx.sql`` : ctx.sql`and path = ${path}`}
    order by path`;
}

type UseRow = SkillUse & { readonly skillId: SkillId };

/** Which agents that the caller sees have which skills; of all skills, or of one. */
export async function readUses(ctx: WorkspaceContext, id: SkillId | null): Promise<UseRow[]> {
  const rows = await ctx.sql<UseRow[]>`
    select b.skill_id, b.agent_id, a.name as agent_name, b.enabled
    from agent_skills b
    join agents a on a.workspace_id = b.workspace_id and a.id = b.agent_id
      and a.archived_at is null
    where b.workspace_id = ${ctx.workspaceId}
      ${id === null ? ctx.sql`` : ctx.sql`and b.skill_id = ${id}`}
    order by lower(a.name), a.id`;
  const closed = await readClosedAgents(ctx, [...new Set(rows.map((row) => row.agentId))]);
  return rows.filter((row) => !closed.has(row.agentId));
}
