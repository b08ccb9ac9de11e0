import type { AgentId, RuntimeId, UserId } from "@headcount/contract/kit/ids";
import { createAgent } from "../agents/create-agent.ts";
import { bindRuntime } from "../agents/bind-runtime.ts";
import type { WorkspaceContext } from "../platform/context.ts";

/** CLI of the scripted agent that is shipped with the daemon and calls no model. */
export const tutorialCli = "tutorial";

type Known = { id: AgentId; runtimeId: RuntimeId | null };

/**
 * The person's own tutorial agent on one of their machines. It is made on first use, belongs to its
 * owner alone and follows them to another machine.
 */
export async function ensureTutorialAgent(
  ctx: WorkspaceContext,
  owner: { readonly id: UserId; readonly name: string },
  runtimeId: RuntimeId,
): Promise<AgentId> {
  await ctx.sql`
    select pg_advisory_xact_lock(hashtextextended(${`tutorial:${ctx.workspaceId}:${owner.id}`}, 0))`;
  const [known] = await ctx.sql<Known[]>`
    select a.id, a.runtime_id from agents a
    left join runtimes r on r.workspace_id = a.workspace_id and r.id = a.runtime_id
    where a.workspace_id = ${ctx.workspaceId} and a.owner_id = ${owner.id}
      and a.archived_at is null and a.access = 'owner_only'
      and (r.cli = ${tutorialCli}
        or a.runtime_id is null and a.name in ('Tutorial', ${nameWith(owner)}))
    order by (a.runtime_id is not distinct from ${runtimeId}::uuid) desc, a.created_at limit 1`;
  if (!known) return createTutorialAgent(ctx, owner, runtimeId);
  if (known.runtimeId !== runtimeId) await bindRuntime(ctx, known.id, runtimeId);
  return known.id;
}

async function createTutorialAgent(
  ctx: WorkspaceContext,
  owner: { readonly id: UserId; readonly name: string },
  runtimeId: RuntimeId,
): Promise<AgentId> {
  const { id } = await createAgent(ctx, {
    name: await freeName(ctx, owner),
    description: "Runs a script to prove that work gets through. It calls no model.",
    runtimeId,
    access: "owner_only",
    allowedMemberIds: [],
  });
  return id;
}

/** Names are unique in a workspace, and several people may have a tutorial agent each. */
async function freeName(
  ctx: WorkspaceContext,
  owner: { readonly id: UserId; readonly name: string },
): Promise<string> {
  const mine = nameWith(owner);
  const taken = await ctx.sql<{ name: string }[]>`
    select name from agents
    where workspace_id = ${ctx.workspaceId} and archived_at is null
      and lower(name) in ('tutorial', ${mine.toLowerCase()})`;
  const names = new Set(taken.map((row) => row.name.toLowerCase()));
  const free = ["Tutorial", mine].find((name) => !names.has(name.toLowerCase()));
  return free ?? `Tutorial ${owner.id.slice(-12)}`;
}

function nameWith(owner: { readonly name: string }): string {
  return `Tutorial (${owner.name.slice(0, 40)})`;
}
