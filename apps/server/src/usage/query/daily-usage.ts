import { usage } from "@headcount/contract/usage/routes";
import { daysCsv } from "@headcount/domain/usage/query/route-csv";
import { query } from "../../platform/command.ts";
import { periodQuestion } from "./period-question.ts";
import { readAsOf } from "./read-as-of.ts";
import { readDays } from "./read-days.ts";
import { resolveFilters } from "./resolve-filters.ts";

export const dailyUsage = query(
  usage.daily,
  async (ctx, input) => {
    const agent = input.agentId === undefined ? undefined : [input.agentId];
    const filters = await resolveFilters(ctx, { agent });
    const period = { days: input.days, tz: input.tz, filters };
    return {
      ...(await readDays(ctx, period)),
      asOf: await readAsOf(ctx, periodQuestion(ctx, period, []).range),
    };
  },
  daysCsv,
);
