import type { AgentAccessMode } from "@headcount/contract/agents/schemas";
import type { AgentId, RuntimeId, UserId } from "@headcount/contract/kit/ids";
import type { WorkspaceContext } from "../platform/context.ts";

type Ctx = Pick<WorkspaceContext, "sql" | "workspaceId" | "now">;

/** The configuration of an agent as it is stored. */
export type AgentConfiguration = {
  readonly name: string;
  readonly description: string;
  readonly instructions: string;
  readonly runtimeId: RuntimeId | null;
  readonly model: string | null;
  readonly effort: string | null;
  readonly arguments: readonly string[];
  readonly maxConcurrentTasks: number;
  readonly wallClockMinutes: number | null;
};

export type NewAgentRow = AgentConfiguration & {
  readonly id: AgentId;
  readonly ownerId: UserId;
  readonly access: AgentAccessMode;
};

/** @throws a unique violation of `agents_name` */
export async function insertAgent(ctx: Ctx, agent: NewAgentRow): Promise<void> {
  await ctx.sql`
    insert into agents (workspace_id, id, name, description, instructions, runtime_id, model, effort,
      arguments, max_concurrent_tasks, wall_clock_minutes, access, owner_id, created_at)
    values (${ctx.workspaceId}, ${agent.id}, ${agent.name}, ${agent.description},
      ${agent.instructions}, ${agent.runtimeId}, ${agent.model}, ${agent.effort},
      ${ctx.sql.json(agent.arguments as never)}, ${agent.maxConcurrentTasks},
      ${agent.wallClockMinutes}, ${agent.access}, ${agent.ownerId}, ${ctx.now})`;
}

/** @returns the new revision. @throws a unique violation of `agents_name` */
export async function updateAgentRow(
  ctx: Ctx,
  id: AgentId,
  agent: AgentConfiguration,
): Promise<number> {
  const [row] = await ctx.sql<{ revision: number }[]>`
    update agents set name = ${agent.name}, description = ${agent.description},
      instructions = ${agent.instructions}, runtime_id = ${agent.runtimeId}, model = ${agent.model},
      effort = ${agent.effort}, arguments = ${ctx.sql.json(agent.arguments as never)},
      max_concurrent_tasks = ${agent.maxConcurrentTasks},
      wall_clock_minutes = ${agent.wallClockMinutes}, revision = revision + 1
    where workspace_id = ${ctx.workspaceId} and id = ${id} returning revision`;
  return row?.revision ?? 0;
}

/** @returns the new revision */
export async function updateAgentAccess(
  ctx: Ctx,
  id: AgentId,
  access: AgentAccessMode,
): Promise<number> {
  const [row] = await ctx.sql<{ revision: number }[]>`
    update agents set access = ${access}, revision = revision + 1
    where workspace_id = ${ctx.workspaceId} and id = ${id} returning revision`;
  return row?.revision ?? 0;
}

export async function replaceAllowedMembers(
  ctx: Ctx,
  id: AgentId,
  userIds: readonly UserId[],
): Promise<void> {
  await ctx.sql`
    delete from agent_allowed_members
    where workspace_id = ${ctx.workspaceId} and agent_id = ${id}
      and user_id <> all(${userIds}::uuid[])`;
  await ctx.sql`
    insert into agent_allowed_members (workspace_id, agent_id, user_id)
    select ${ctx.workspaceId}, ${id}, user_id from unnest(${userIds}::uuid[]) as wanted(user_id)
    on conflict do nothing`;
}

/** Takes somebody off every list of the workspace. */
export async function deleteAllowedMember(ctx: Ctx, userId: UserId): Promise<void> {
  await ctx.sql`
    delete from agent_allowed_members
    where workspace_id = ${ctx.workspaceId} and user_id = ${userId}`;
}

/** Archives (a date) or restores (null). @returns the new revision, null when nothing changed */
export async function setAgentArchived(
  ctx: Ctx,
  id: AgentId,
  archivedAt: Date | null,
): Promise<number | null> {
  const [row] = await ctx.sql<{ revision: number }[]>`
    update agents set archived_at = ${archivedAt}, revision = revision + 1
    where workspace_id = ${ctx.workspaceId} and id = ${id}
      and (archived_at is null) <> (${archivedAt}::timestamptz is null)
    returning revision`;
  return row?.revision ?? null;
}

export type ChangedAgent = { readonly id: AgentId; readonly revision: number };

/** Takes runtimes away from every agent that names one of them, archived ones included. */
export async function clearRuntimes(
  ctx: Ctx,
  runtimeIds: readonly RuntimeId[],
): Promise<ChangedAgent[]> {
  return ctx.sql<ChangedAgent[]>`
    update agents set runtime_id = null, revision = revision + 1
    where workspace_id = ${ctx.workspaceId} and runtime_id = any(${runtimeIds}::uuid[])
    returning id, revision`;
}

/** Gives every agent of a runtime, archived ones included, another one of the same CLI. */
export async function replaceRuntime(
  ctx: Ctx,
  from: RuntimeId,
  to: RuntimeId,
): Promise<ChangedAgent[]> {
  return ctx.sql<ChangedAgent[]>`
    update agents set runtime_id = ${to}, revision = revision + 1
    where workspace_id = ${ctx.workspaceId} and runtime_id = ${from}
    returning id, revision`;
}

export type SealedVariable = { readonly name: string; readonly value: Buffer };

/** Leaves the agent exactly `names`, writing those of `written` anew. */
export async function replaceEnvironment(
  ctx: Ctx,
  id: AgentId,
  names: readonly string[],
  written: readonly SealedVariable[],
): Promise<void> {
  await ctx.sql`
    delete from agent_environment
    where workspace_id = ${ctx.workspaceId} and agent_id = ${id} and name <> all(${names}::text[])`;
  await ctx.sql`
    insert into agent_environment (workspace_id, agent_id, name, value_encrypted)
    select ${ctx.workspaceId}, ${id}, item.name, decode(item.value, 'hex')
    from unnest(${written.map((item) => item.name)}::text[],
      ${written.map((item) => item.value.toString("hex"))}::text[]) as item(name, value)
    on conflict (workspace_id, agent_id, name) do update
      set value_encrypted = excluded.value_encrypted`;
}

/** Null leaves the agent the servers of its machine. @returns the new revision */
export async function updateAgentMcpServers(
  ctx: Ctx,
  id: AgentId,
  servers: { readonly names: readonly string[]; readonly sealed: Buffer } | null,
): Promise<number> {
  const [row] = await ctx.sql<{ revision: number }[]>`
    update agents set mcp_server_names = ${servers?.names ?? null}::text[],
      mcp_servers_encrypted = decode(${servers?.sealed.toString("hex") ?? null}::text, 'hex'),
      revision = revision + 1
    where workspace_id = ${ctx.workspaceId} and id = ${id} returning revision`;
  return row?.revision ?? 0;
}

/** Notes that something beside the row, such as its environment, has changed. */
export async function bumpAgent(ctx: Ctx, id: AgentId): Promise<number> {
  const [row] = await ctx.sql<{ revision: number }[]>`
    update agents set revision = revision + 1
    where workspace_id = ${ctx.workspaceId} and id = ${id} returning revision`;
  return row?.revision ?? 0;
}

export async function setAgentOwner(ctx: Ctx, id: AgentId, ownerId: UserId): Promise<void> {
  await ctx.sql`
    update agents set owner_id = ${ownerId}
    where workspace_id = ${ctx.workspaceId} and id = ${id}`;
}

/** Takes all runtimes of one person away from every agent that names one of them. */
export async function clearRuntimesOf(ctx: Ctx, userId: UserId): Promise<ChangedAgent[]> {
  return ctx.sql<ChangedAgent[]>`
    update agents set runtime_id = null, revision = revision + 1
    where workspace_id = ${ctx.workspaceId} and runtime_id in (
      select r.id from runtimes r
      where r.workspace_id = ${ctx.workspaceId} and r.owner_id = ${userId})
    returning id, revision`;
}

/** @returns the new revision */
export async function setAgentRuntime(
  ctx: Ctx,
  id: AgentId,
  runtimeId: RuntimeId,
): Promise<number> {
  const [row] = await ctx.sql<{ revision: number }[]>`
    update agents set runtime_id = ${runtimeId}, revision = revision + 1
    where workspace_id = ${ctx.workspaceId} and id = ${id} returning revision`;
  return row?.revision ?? 0;
}
