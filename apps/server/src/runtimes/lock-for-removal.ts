import type { AgentId, RuntimeId } from "@headcount/contract/kit/ids";
import type { Runtime } from "@headcount/contract/runtimes/schemas";
import { agentVisibility } from "@headcount/domain/agents/may-see";
import { accessOfRow, readAgentRows } from "../agents/agent-rows.ts";
import { privateAgentName } from "../agents/read-closed-agents.ts";
import { viewerOf } from "../agents/viewer.ts";
import { AppError } from "../platform/app-error.ts";
import type { WorkspaceContext } from "../platform/context.ts";
import { lockIssuesOfWork } from "../tasks/lock-issues-of-work.ts";
import { assertMayChange } from "./assert-may-change.ts";
import { getRuntime } from "./read-runtimes.ts";

export type RemovableRuntime = {
  readonly runtime: Runtime;
  /** Active agents that run on it, by id, those that the caller does not see included. */
  readonly agentIds: readonly AgentId[];
};

/**
 * Locks the issues and agents of a runtime and then the runtime itself: nobody binds an agent to it
 * afterwards.
 * @throws not_found, or forbidden when it is neither the caller's nor are they an admin
 */
export async function lockForRemoval(
  ctx: WorkspaceContext,
  id: RuntimeId,
): Promise<RemovableRuntime> {
  const bound = await ctx.sql<{ id: AgentId }[]>`
    select id from agents where workspace_id = ${ctx.workspaceId} and runtime_id = ${id}`;
  await lockIssuesOfWork(ctx, [
    { runtimeId: id },
    ...bound.map((agent) => ({ agentId: agent.id })),
  ]);
  await ctx.sql`
    select 1 from agents where workspace_id = ${ctx.workspaceId} and runtime_id = ${id}
    order by id for update`;
  await ctx.sql`
    select 1 from runtimes where workspace_id = ${ctx.workspaceId} and id = ${id} for update`;
  const runtime = await getRuntime(ctx, id);
  assertMayChange(ctx, runtime, "runtime.change");
  const rows = await ctx.sql<{ id: AgentId }[]>`
    select id from agents
    where workspace_id = ${ctx.workspaceId} and runtime_id = ${id} and archived_at is null
    order by id`;
  return { runtime, agentIds: rows.map((row) => row.id) };
}

/**
 * The refusal that lists what still uses a runtime. Whoever removes their machine has to confirm
 * every agent on it, so closed ones are listed as well, without their names.
 */
export async function inUse(
  ctx: WorkspaceContext,
  { runtime, agentIds }: RemovableRuntime,
): Promise<AppError> {
  const viewer = viewerOf(ctx);
  const rows = (await readAgentRows(ctx, { archived: false })).filter((row) =>
    agentIds.includes(row.id),
  );
  const agents = rows.map((row) => ({
    id: row.id,
    name: agentVisibility(accessOfRow(row), viewer) === "none" ? privateAgentName : row.name,
  }));
  return new AppError(
    "conflict",
    `${runtime.name} is used by ${someNames(agents)}. Move them, or remove the runtime from them.`,
    { reason: "in_use", details: { agents, runningTasks: runtime.runningTasks } },
  );
}

const mostNames = 5;

function someNames(agents: readonly { readonly name: string }[]): string {
  const shown = agents.slice(0, mostNames).map((agent) => agent.name);
  const left = agents.length - shown.length;
  return left === 0 ? shown.join(", ") : `${shown.join(", ")} and ${left} more`;
}
