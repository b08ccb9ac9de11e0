import type { AgentId, SkillId } from "@headcount/contract/kit/ids";
import type { SkillSource } from "@headcount/contract/skills/schemas";
import { foldName } from "@headcount/domain/skills/fold-name";
import type { WorkspaceContext } from "../platform/context.ts";

type Ctx = Pick<WorkspaceContext, "sql" | "workspaceId" | "now">;

/** A file as it is stored. */
export type StoredFile = {
  readonly path: string;
  readonly content: Buffer;
  readonly executable: boolean;
};

export type SkillFields = {
  readonly name: string;
  readonly description: string;
  readonly instructions: string;
  readonly frontMatter: string;
  readonly labels: readonly string[];
  readonly source: SkillSource;
};

export type SkillCreator = {
  readonly type: string;
  readonly id: string | null;
  readonly originatorId: string | null;
};

export async function insertSkill(
  ctx: Ctx,
  id: SkillId,
  fields: SkillFields,
  creator: SkillCreator,
): Promise<void> {
  await ctx.sql`
    insert into skills (workspace_id, id, name, name_key, description, instructions, front_matter,
      labels, source, creator_type, creator_id, originator_id, created_at, updated_at)
    values (${ctx.workspaceId}, ${id}, ${fields.name}, ${foldName(fields.name)},
      ${fields.description}, ${fields.instructions}, ${fields.frontMatter},
      ${[...fields.labels]}::text[], ${ctx.sql.json(fields.source)}, ${creator.type}, ${creator.id},
      ${creator.originatorId}, ${ctx.now}, ${ctx.now})`;
}

export async function updateSkillFields(ctx: Ctx, id: SkillId, fields: SkillFields): Promise<void> {
  await ctx.sql`
    update skills set name = ${fields.name}, name_key = ${foldName(fields.name)},
      description = ${fields.description}, instructions = ${fields.instructions},
      front_matter = ${fields.frontMatter}, labels = ${[...fields.labels]}::text[],
      source = ${ctx.sql.json(fields.source)}
    where workspace_id = ${ctx.workspaceId} and id = ${id}`;
}

export type SkillSeal = {
  readonly hash: string;
  readonly body: string;
  readonly bundleBytes: number;
  readonly fileCount: number;
  readonly sizeBytes: number;
};

/** Keeps the bundle of what a skill is now, and counts the change. @returns the new revision */
export async function sealSkillRow(ctx: Ctx, id: SkillId, seal: SkillSeal): Promise<number> {
  await ctx.sql`
    insert into skill_bundles (workspace_id, hash, body, created_at)
    values (${ctx.workspaceId}, ${seal.hash}, ${seal.body}, ${ctx.now}) on conflict do nothing`;
  const [row] = await ctx.sql<{ revision: number }[]>`
    update skills set bundle_hash = ${seal.hash}, bundle_bytes = ${seal.bundleBytes},
      file_count = ${seal.fileCount}, size_bytes = ${seal.sizeBytes}, revision = revision + 1,
      updated_at = ${ctx.now}
    where workspace_id = ${ctx.workspaceId} and id = ${id} returning revision`;
  return row?.revision ?? 0;
}

/** Removes bundles that no skill has any more and that no unfinished run was given. */
export async function pruneBundles(ctx: Ctx): Promise<void> {
  await ctx.sql`
    delete from skill_bundles b
    where b.workspace_id = ${ctx.workspaceId}
      and not exists (select 1 from skills s
        where s.workspace_id = b.workspace_id and s.bundle_hash = b.hash)
      and not exists (select 1 from tasks t
        where t.workspace_id = b.workspace_id
          and t.status in ('dispatched', 'waiting_directory', 'running')
          and t.skills @> jsonb_build_array(jsonb_build_object('hash', b.hash)))`;
}

/** The files of a skill are these from now on. */
export async function replaceFiles(
  ctx: Ctx,
  id: SkillId,
  files: readonly StoredFile[],
): Promise<void> {
  await ctx.sql`
    delete from skill_files where workspace_id = ${ctx.workspaceId} and skill_id = ${id}`;
  if (files.length === 0) return;
  const rows = files.map((file) => ({ workspaceId: ctx.workspaceId, skillId: id, ...file }));
  await ctx.sql`insert into skill_files ${ctx.sql(rows as never)}`;
}

export async function upsertFile(ctx: Ctx, id: SkillId, file: StoredFile): Promise<void> {
  await ctx.sql`
    insert into skill_files (workspace_id, skill_id, path, content, executable)
    values (${ctx.workspaceId}, ${id}, ${file.path}, ${file.content}, ${file.executable})
    on conflict (workspace_id, skill_id, path)
      do update set content = excluded.content, executable = excluded.executable`;
}

/** False when there is no such file. */
export async function deleteFile(ctx: Ctx, id: SkillId, path: string): Promise<boolean> {
  const removed = await ctx.sql`
    delete from skill_files
    where workspace_id = ${ctx.workspaceId} and skill_id = ${id} and path = ${path} returning 1`;
  return removed.length === 1;
}

/** @returns the agents that had it */
export async function deleteSkillRows(ctx: Ctx, id: SkillId): Promise<AgentId[]> {
  const bound = await ctx.sql<{ agentId: AgentId }[]>`
    delete from agent_skills where workspace_id = ${ctx.workspaceId} and skill_id = ${id}
    returning agent_id`;
  await ctx.sql`
    delete from skill_files where workspace_id = ${ctx.workspaceId} and skill_id = ${id}`;
  await ctx.sql`delete from skills where workspace_id = ${ctx.workspaceId} and id = ${id}`;
  return bound.map(({ agentId }) => agentId);
}

/** False when that was so already. */
export async function upsertBinding(
  ctx: Ctx,
  binding: { readonly agentId: AgentId; readonly skillId: SkillId; readonly enabled: boolean },
): Promise<boolean> {
  const written = await ctx.sql`
    insert into agent_skills as b (workspace_id, agent_id, skill_id, enabled)
    values (${ctx.workspaceId}, ${binding.agentId}, ${binding.skillId}, ${binding.enabled})
    on conflict (workspace_id, agent_id, skill_id)
      do update set enabled = excluded.enabled where b.enabled <> excluded.enabled
    returning 1`;
  return written.length === 1;
}

export async function insertBindings(
  ctx: Ctx,
  agentId: AgentId,
  skillIds: readonly SkillId[],
): Promise<void> {
  await ctx.sql`
    insert into agent_skills (workspace_id, agent_id, skill_id)
    select ${ctx.workspaceId}, ${agentId}, unnest(${[...skillIds]}::uuid[])`;
}

/** False when there was none. */
export async function deleteBinding(
  ctx: Ctx,
  binding: { readonly agentId: AgentId; readonly skillId: SkillId },
): Promise<boolean> {
  const removed = await ctx.sql`
    delete from agent_skills where workspace_id = ${ctx.workspaceId}
      and agent_id = ${binding.agentId} and skill_id = ${binding.skillId} returning 1`;
  return removed.length === 1;
}
