import type { AgentId } from "@headcount/contract/kit/ids";
import {
  estimateTasksNeeded,
  type UsageEstimateReply,
} from "@headcount/contract/usage/estimate-schemas";
import { usageForecasts } from "@headcount/contract/usage/forecast-routes";
import { estimateCsv } from "@headcount/domain/usage/estimate/estimate-csv";
import { estimateTask } from "@headcount/domain/usage/estimate/estimate-task";
import { tasksWeighed } from "@headcount/domain/usage/estimate/usual-range";
import { readClosedAgents } from "../../agents/read-closed-agents.ts";
import { notFound } from "../../platform/app-error.ts";
import { query } from "../../platform/command.ts";
import type { WorkspaceContext } from "../../platform/context.ts";
import { readFinishedTasks } from "./read-finished-tasks.ts";

/** What one more task of an agent usually uses, from those of its tasks that are most like it. */
export const usageEstimate = query(
  usageForecasts.estimate,
  async (ctx, input): Promise<UsageEstimateReply> => {
    const agent = await getOpenAgent(ctx, input.agent);
    const { scope, tasks } = await readLikely(ctx, agent.id, input.project ?? null);
    return {
      agentId: agent.id,
      agentName: agent.name,
      scope,
      tasks: Math.min(tasks.length, tasksWeighed),
      tasksNeeded: estimateTasksNeeded,
      ...estimateTask(tasks),
    };
  },
  estimateCsv,
);

/** Tasks in the same project where there are enough of them, else all of the agent. */
async function readLikely(ctx: WorkspaceContext, agentId: AgentId, projectId: string | null) {
  if (projectId !== null) {
    const tasks = await readFinishedTasks(ctx, { agentId, projectId });
    if (tasks.length >= estimateTasksNeeded) return { scope: "agent_in_project", tasks } as const;
  }
  const tasks = await readFinishedTasks(ctx, { agentId, projectId: null });
  return { scope: "agent", tasks } as const;
}

type Named = { readonly id: AgentId; readonly name: string };

/** By id, or by name, archived ones last. @throws not_found also for agents that are closed to the caller */
async function getOpenAgent(ctx: WorkspaceContext, idOrName: string): Promise<Named> {
  const found = await ctx.sql<Named[]>`
    select id, name from agents
    where workspace_id = ${ctx.workspaceId} and (id::text = lower(${idOrName}) or lower(name) = lower(${idOrName}))
    order by archived_at is not null, archived_at desc`;
  const closed = await readClosedAgents(
    ctx,
    found.map(({ id }) => id),
  );
  const agent = found.find(({ id }) => !closed.has(id));
  if (agent === undefined) throw notFound("agent");
  return agent;
}
