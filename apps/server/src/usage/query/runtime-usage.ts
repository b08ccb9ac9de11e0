import { usageQueries } from "@headcount/contract/usage/query-routes";
import { daysCsv } from "@headcount/domain/usage/query/route-csv";
import { summarise } from "@headcount/domain/usage/query/summarise";
import { query } from "../../platform/command.ts";
import { countTasks } from "./count-tasks.ts";
import { periodQuestion } from "./period-question.ts";
import { readAgentShares } from "./read-agent-shares.ts";
import { readAsOf } from "./read-as-of.ts";
import { readDays } from "./read-days.ts";
import { readHours } from "./read-hours.ts";
import { resolveFilters } from "./resolve-filters.ts";

/** What ran on one runtime; also on one that is gone, while its usage is on the books. */
export const runtimeUsage = query(
  usageQueries.runtime,
  async (ctx, input) => {
    const filters = await resolveFilters(ctx, { runtime: [input.runtimeId] });
    const period = { days: input.days, tz: input.tz, filters };
    const { agents, total } = await readAgentShares(ctx, period);
    const { days } = await readDays(ctx, period);
    const { hours } = await readHours(ctx, period);
    return {
      days,
      byAgent: [...agents],
      hours,
      total: summarise(total.sums),
      tasks: countTasks(total),
      asOf: await readAsOf(ctx, periodQuestion(ctx, period, []).range),
    };
  },
  daysCsv,
);
