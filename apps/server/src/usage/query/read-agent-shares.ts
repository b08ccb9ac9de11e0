import type { OutputOf } from "@headcount/contract/kit/route";
import type { usageQueries } from "@headcount/contract/usage/query-routes";
import { orderGroups } from "@headcount/domain/usage/query/arrange-groups";
import type { Measured } from "@headcount/domain/usage/query/measures";
import { summarise } from "@headcount/domain/usage/query/summarise";
import type { WorkspaceContext } from "../../platform/context.ts";
import { countTasks } from "./count-tasks.ts";
import { hidePrivate, labelGroups } from "./label-groups.ts";
import { type Period, periodQuestion } from "./period-question.ts";
import { readGroups } from "./read-groups.ts";
import { sumGroups } from "./sum-groups.ts";

export type AgentShare = OutputOf<typeof usageQueries.byAgent>["agents"][number];

/** Usage by agent, the largest first; agents that are closed to the caller are one. */
export async function readAgentShares(
  ctx: WorkspaceContext,
  period: Period,
): Promise<{ readonly agents: readonly AgentShare[]; readonly total: Measured }> {
  const groupBy = ["agent"] as const;
  const found = await readGroups(ctx, periodQuestion(ctx, period, groupBy));
  const seen = await hidePrivate(ctx, found, groupBy);
  const labelled = await labelGroups(ctx, seen, { groupBy, slots: [] });
  const agents = orderGroups(labelled, groupBy, null, "tokens").map(
    ({ keys: [key], labels: [name], measured }): AgentShare => ({
      kind: key?.kind ?? "unmanaged",
      agentId: key?.value ?? null,
      name: name ?? "",
      tasks: countTasks(measured),
      runTimeMs: Number(measured.sums.run_ms ?? 0n),
      usage: summarise(measured.sums),
    }),
  );
  return { agents, total: sumGroups(found) };
}
