import type { AgentId, RuntimeId, UserId } from "@headcount/contract/kit/ids";
import type { Runtime } from "@headcount/contract/runtimes/schemas";
import { agentVisibility } from "@headcount/domain/agents/may-see";
import { accessOfRow, type AgentRow, readAgentRows } from "../agents/agent-rows.ts";
import { viewerOf } from "../agents/viewer.ts";
import { notFound } from "../platform/app-error.ts";
import type { WorkspaceContext } from "../platform/context.ts";
import { readRuntimeRows, type RuntimeRow, toRuntime } from "./runtime-rows.ts";

/**
 * Runtimes that the caller may see: their own, shared ones, those that an agent of theirs to see
 * runs on, and all of them for admins.
 */
export async function readRuntimes(
  ctx: WorkspaceContext,
  selection: { readonly id: RuntimeId } | { readonly ownerId: UserId | null },
): Promise<Runtime[]> {
  const seen = await readVisibleRuntimeRows(ctx, selection);
  const viewer = viewerOf(ctx);
  return seen.map(({ row, agents }) => {
    const runtime = toRuntime(row, agents, ctx.now);
    // How much somebody works beside Headcount is nobody else's business.
    return row.ownerId === viewer?.userId ? runtime : { ...runtime, foundSessions: null };
  });
}

/** @throws not_found also when it is private to somebody else */
export async function getRuntime(ctx: WorkspaceContext, id: RuntimeId): Promise<Runtime> {
  const [runtime] = await readRuntimes(ctx, { id });
  if (!runtime) throw notFound("runtime");
  return runtime;
}

type SeenRuntime = {
  readonly row: RuntimeRow;
  readonly agents: readonly { readonly id: AgentId; readonly name: string }[];
};

async function readVisibleRuntimeRows(
  ctx: WorkspaceContext,
  selection: { readonly id: RuntimeId } | { readonly ownerId: UserId | null },
): Promise<SeenRuntime[]> {
  const viewer = viewerOf(ctx);
  const rows = await readRuntimeRows(ctx, selection);
  const agents = await readVisibleAgents(ctx);
  return rows
    .map((row) => ({ row, agents: agents.filter((agent) => agent.runtimeId === row.id) }))
    .filter(
      ({ row, agents: onIt }) =>
        row.sharing === "workspace" ||
        onIt.length > 0 ||
        (viewer !== null && (viewer.role !== "member" || row.ownerId === viewer.userId)),
    );
}

async function readVisibleAgents(ctx: WorkspaceContext): Promise<AgentRow[]> {
  const viewer = viewerOf(ctx);
  const rows = await readAgentRows(ctx, { archived: false });
  return rows.filter((row) => agentVisibility(accessOfRow(row), viewer) !== "none");
}
