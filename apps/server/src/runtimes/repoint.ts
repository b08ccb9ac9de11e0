import type { RuntimeId } from "@headcount/contract/kit/ids";
import { replaceRuntimeOfAgents } from "../agents/replace-runtime.ts";
import type { WorkspaceContext } from "../platform/context.ts";
import { moveTasksToRuntime } from "../tasks/move-tasks-to-runtime.ts";
import { reattributeMeters } from "../usage/rollups/reattribute.ts";

export type Repointed = { readonly movedAgents: number; readonly movedTasks: number };

/**
 * Locks both runtimes after the agents of the first: nobody binds an agent to one of them or
 * removes one of them until the transaction ends.
 */
export async function lockForRepointing(
  ctx: WorkspaceContext,
  from: readonly RuntimeId[],
  to: readonly RuntimeId[],
): Promise<void> {
  await ctx.sql`
    select 1 from agents
    where workspace_id = ${ctx.workspaceId} and runtime_id = any(${from}::uuid[])
    order by id for update`;
  await ctx.sql`
    select 1 from runtimes
    where workspace_id = ${ctx.workspaceId} and id = any(${[...from, ...to]}::uuid[])
    order by id for update`;
}

/**
 * Hands everything of one locked runtime to another: its agents, its tasks with their history, and
 * what they have used. Nothing names the first one afterwards; machines keep the leases they hold,
 * and tasks the name of the machine that ran them.
 */
export async function repoint(
  ctx: WorkspaceContext,
  from: RuntimeId,
  to: RuntimeId,
): Promise<Repointed> {
  const movedAgents = await replaceRuntimeOfAgents(ctx, from, to);
  const movedTasks = await moveTasksToRuntime(ctx, from, to);
  await reattributeMeters(ctx, { runtimeId: from }, { runtimeId: to });
  return { movedAgents, movedTasks };
}
