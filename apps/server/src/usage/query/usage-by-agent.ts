import { usageQueries } from "@headcount/contract/usage/query-routes";
import { agentsCsv } from "@headcount/domain/usage/query/route-csv";
import { summarise } from "@headcount/domain/usage/query/summarise";
import { query } from "../../platform/command.ts";
import { countTasks } from "./count-tasks.ts";
import { periodQuestion } from "./period-question.ts";
import { readAgentShares } from "./read-agent-shares.ts";
import { readAsOf } from "./read-as-of.ts";
import { resolveFilters } from "./resolve-filters.ts";

export const usageByAgent = query(
  usageQueries.byAgent,
  async (ctx, input) => {
    const period = { ...input, filters: await resolveFilters(ctx, input) };
    const { agents, total } = await readAgentShares(ctx, period);
    return {
      agents: [...agents],
      total: summarise(total.sums),
      tasks: countTasks(total),
      asOf: await readAsOf(ctx, periodQuestion(ctx, period, []).range),
    };
  },
  agentsCsv,
);
