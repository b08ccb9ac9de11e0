import { WorkspaceSettings } from "@headcount/contract/workspaces/schemas";
import type { WorkspaceContext } from "../platform/context.ts";
import type { Job } from "../platform/jobs.ts";
import { findFastSpenders } from "./find-fast-spenders.ts";
import { findRepeaters } from "./find-repeaters.ts";
import { findRestarters } from "./find-restarters.ts";
import { holdAgent, stopHeldRuns } from "./hold-agent.ts";
import { readWatchedAgents } from "./read-watched-agents.ts";

/**
 * The guard against runaway agents. It looks often enough for people to be told within a minute,
 * also when one look is missed.
 */
export const watchAgents: Job = {
  name: "runaway.watch",
  everySeconds: 20,
  scope: "workspace",
  run: watch,
};

async function watch(ctx: WorkspaceContext): Promise<void> {
  const factor = await readFactor(ctx);
  if (factor > 0) await holdRunaways(ctx, factor);
  await stopHeldRuns(ctx);
}

async function holdRunaways(ctx: WorkspaceContext, factor: number): Promise<void> {
  const agents = await readWatchedAgents(ctx);
  if (agents.length === 0) return;
  const fast = await findFastSpenders(ctx, agents, factor);
  const restarting = await findRestarters(ctx, agents);
  const repeating = await findRepeaters(ctx, agents);
  for (const agent of agents) {
    const velocity = fast.get(agent.id);
    const found =
      (velocity && { finding: velocity, issueId: null }) ??
      restarting.get(agent.id) ??
      repeating.get(agent.id);
    if (found) await holdAgent(ctx, agent, found);
  }
}

/** 0 where the guard is off, or the workspace is gone. */
async function readFactor(ctx: WorkspaceContext): Promise<number> {
  const [workspace] = await ctx.sql<{ settings: unknown }[]>`
    select settings from workspaces
    where workspace_id = ${ctx.workspaceId} and deleted_at is null`;
  return workspace ? WorkspaceSettings.parse(workspace.settings).runawayFactor : 0;
}
