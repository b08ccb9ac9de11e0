import { usage } from "@headcount/contract/usage/routes";
import { type Group, orderGroups } from "@headcount/domain/usage/query/arrange-groups";
import { amountOf } from "@headcount/domain/usage/query/measures";
import { summarise } from "@headcount/domain/usage/query/summarise";
import { toTokenCount } from "@headcount/domain/usage/token-counts";
import type { AgentId } from "@headcount/contract/kit/ids";
import { query } from "../../platform/command.ts";
import type { WorkspaceContext } from "../../platform/context.ts";
import { countTasks } from "./count-tasks.ts";
import { type Period, periodQuestion } from "./period-question.ts";
import { readAgentShares } from "./read-agent-shares.ts";
import { readAsOf } from "./read-as-of.ts";
import { readGroups } from "./read-groups.ts";

export const usageSummary = query(usage.summary, async (ctx, input) => {
  const period = { days: input.days, tz: input.tz, filters: [] };
  const { agents, total } = await readAgentShares(ctx, period);
  const models = await readModels(ctx, period);
  return {
    total: summarise(total.sums),
    tasks: countTasks(total),
    byAgent: agents.map((one) => ({
      kind: one.kind,
      // Whoever is gone has an id as well; everything else stands for several.
      agentId: one.agentId as AgentId | null,
      name: one.name,
      tasks: one.tasks,
      usage: one.usage,
    })),
    byModel: models.map((group) => ({ ...namesOf(group), usage: summarise(group.measured.sums) })),
    unpriced: models.flatMap((group) => {
      const tokens = amountOf("unpriced_tokens", group.measured);
      return tokens > 0n ? [{ ...namesOf(group), tokens: toTokenCount(tokens) }] : [];
    }),
    asOf: await readAsOf(ctx, periodQuestion(ctx, period, []).range),
  };
});

/** Models that were used, the one with the most tokens first. */
async function readModels(ctx: WorkspaceContext, period: Period): Promise<readonly Group[]> {
  const groupBy = ["provider", "model"] as const;
  const groups = await readGroups(ctx, periodQuestion(ctx, period, groupBy));
  const used = groups.filter((group) => amountOf("events", group.measured) > 0n);
  const labelled = used.map((group) => ({
    ...group,
    labels: group.keys.map((key) => key.value ?? ""),
  }));
  return orderGroups(labelled, groupBy, null, "tokens");
}

function namesOf({ keys: [provider, model] }: Group): { provider: string; model: string } {
  return { provider: provider?.value ?? "", model: model?.value ?? "" };
}
