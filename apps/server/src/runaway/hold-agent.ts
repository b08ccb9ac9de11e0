import type { AgentId, IssueId, TaskId } from "@headcount/contract/kit/ids";
import { describeRunaway, type RunawayFinding } from "@headcount/domain/runaway/describe-runaway";
import type { WorkspaceContext } from "../platform/context.ts";
import { stopTasks } from "../tasks/stop-tasks.ts";
import { readHeldAgents } from "./read-held-agents.ts";
import type { WatchedAgent } from "./read-watched-agents.ts";
import { insertHold } from "./store.ts";

/** Keeps an agent from starting work until a person has looked. Its runs are stopped by {@link stopHeldRuns}. */
export async function holdAgent(
  ctx: WorkspaceContext,
  agent: WatchedAgent,
  found: { readonly finding: RunawayFinding; readonly issueId: IssueId | null },
): Promise<void> {
  const description = describeRunaway(agent.name, found.finding);
  const id = await insertHold(ctx, { ...description, agentId: agent.id, issueId: found.issueId });
  if (id === null) return;
  const { kind } = description;
  ctx.emit({
    type: "runaway.held",
    entity: { kind: "runaway_hold", id },
    data: { agentId: agent.id, kind },
    audience: { kind: "agent", id: agent.id },
  });
  await ctx.audit({
    action: "agent.held",
    target: agent.id,
    details: { kind, ...description.facts },
  });
}

/** Stops what held agents run, also what a claim at the same moment gave them. */
export async function stopHeldRuns(ctx: WorkspaceContext): Promise<void> {
  const held = await readHeldAgents(ctx);
  if (held.size === 0) return;
  const running = await ctx.sql<{ id: TaskId; agentId: AgentId }[]>`
    select id, agent_id from tasks
    where workspace_id = ${ctx.workspaceId} and agent_id = any(${[...held.keys()]}::uuid[])
      and status in ('dispatched', 'waiting_directory', 'running')`;
  for (const [agentId, tasks] of Map.groupBy(running, (task) => task.agentId)) {
    const taskIds = tasks.map((task) => task.id);
    const detail = held.get(agentId)?.detail ?? "";
    await stopTasks(ctx, taskIds, { reason: "runaway_stop", detail });
  }
}
