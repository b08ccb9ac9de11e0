import type { Agent } from "@headcount/contract/agents/schemas";
import type { AgentId } from "@headcount/contract/kit/ids";
import { agentVisibility } from "@headcount/domain/agents/may-see";
import { notFound } from "../platform/app-error.ts";
import type { WorkspaceContext } from "../platform/context.ts";
import { accessOfRow, type AgentRow, type AgentSelection, readAgentRows } from "./agent-rows.ts";
import { readActivity } from "./read-activity.ts";
import { toAgent } from "./to-agent.ts";
import { viewerOf } from "./viewer.ts";

/** Agents that the caller may see, with everything derived; a fixed number of statements. */
export async function readAgents(
  ctx: WorkspaceContext,
  selection: AgentSelection,
): Promise<Agent[]> {
  const viewer = viewerOf(ctx);
  const rows = (await readAgentRows(ctx, selection)).filter(
    (row) => agentVisibility(accessOfRow(row), viewer) !== "none",
  );
  if (rows.length === 0) return [];
  const activityOf = await readActivity(
    ctx,
    rows.map((row) => row.id),
  );
  return rows.map((row) => toAgent(row, activityOf(row.id), { viewer, now: ctx.now }));
}

/** One agent as the caller sees it. @throws not_found also when it is closed to the caller */
export async function getAgent(ctx: WorkspaceContext, id: AgentId): Promise<Agent> {
  const [agent] = await readAgents(ctx, { id });
  if (!agent) throw notFound("agent");
  return agent;
}

/** The row of an agent that the caller may see. @throws not_found */
export async function getVisibleRow(ctx: WorkspaceContext, id: AgentId): Promise<AgentRow> {
  const [row] = await readAgentRows(ctx, { id });
  if (!row || agentVisibility(accessOfRow(row), viewerOf(ctx)) === "none") throw notFound("agent");
  return row;
}
