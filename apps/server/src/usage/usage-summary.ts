import type { AgentId } from "@headcount/contract/kit/ids";
import type { OutputOf } from "@headcount/contract/kit/route";
import { usage } from "@headcount/contract/usage/routes";
import { agentVisibility } from "@headcount/domain/agents/may-see";
import { lastLocalDays } from "@headcount/domain/usage/buckets";
import { toTokenCount } from "@headcount/domain/usage/token-counts";
import { accessOfRow, readAgentRows } from "../agents/agent-rows.ts";
import { viewerOf } from "../agents/viewer.ts";
import { query } from "../platform/command.ts";
import type { WorkspaceContext } from "../platform/context.ts";
import { type AgentModelSums, readSumsPerAgent, readTasksPerAgent } from "./read-period.ts";
import { byModel, groupSums, latest, noUsage, sumOf, toSummary } from "./usage-sums.ts";

type Summary = OutputOf<typeof usage.summary>;

export const usageSummary = query(usage.summary, async (ctx, input) => {
  const period = lastLocalDays(input.tz, ctx.now, input.days);
  const rows = await readSumsPerAgent(ctx, period);
  const tasks = await readTasksPerAgent(ctx, period);
  return {
    total: toSummary(sumOf(rows.map((row) => row.sums))),
    tasks: [...tasks.values()].reduce((sum, count) => sum + count, 0),
    byAgent: toAgentRows(rows, tasks, await readShownAgents(ctx)),
    byModel: byModel(rows),
    unpriced: unpricedModels(rows),
    asOf: latest(rows.map((row) => row.lastUsedAt)),
  };
});

type ShownAgents = ReadonlyMap<AgentId, { readonly name: string; readonly isVisible: boolean }>;

async function readShownAgents(ctx: WorkspaceContext): Promise<ShownAgents> {
  const viewer = viewerOf(ctx);
  const rows = await readAgentRows(ctx, { archived: null });
  return new Map(
    rows.map((row) => [
      row.id,
      { name: row.name, isVisible: agentVisibility(accessOfRow(row), viewer) !== "none" },
    ]),
  );
}

/** One row per agent; those that are closed to the viewer are one row together, so that sums agree. */
function toAgentRows(
  rows: readonly AgentModelSums[],
  tasks: ReadonlyMap<AgentId, number>,
  shown: ShownAgents,
): Summary["byAgent"] {
  const shownIdOf = (agentId: AgentId): AgentId | null =>
    (shown.get(agentId)?.isVisible ?? true) ? agentId : null;
  const withoutUsage = [...tasks.keys()].map((agentId) => ({ agentId, sums: noUsage }));
  const everyone = [...rows.map(({ agentId, sums }) => ({ agentId, sums })), ...withoutUsage];
  return groupSums(everyone, ({ agentId }) => shownIdOf(agentId) ?? "").map(({ first, sums }) => {
    const agentId = shownIdOf(first.agentId);
    const ended = [...tasks].filter(([id]) => shownIdOf(id) === agentId);
    return {
      agentId,
      name: agentId === null ? "Private agents" : (shown.get(agentId)?.name ?? "Deleted agent"),
      tasks: ended.reduce((sum, [, count]) => sum + count, 0),
      usage: toSummary(sums),
    };
  });
}

function unpricedModels(rows: readonly AgentModelSums[]): Summary["unpriced"] {
  return groupSums(rows, (row) => JSON.stringify([row.provider, row.model]))
    .filter(({ sums }) => sums.unpricedTokens > 0n)
    .map(({ first, sums }) => ({
      provider: first.provider,
      model: first.model,
      tokens: toTokenCount(sums.unpricedTokens),
    }));
}
