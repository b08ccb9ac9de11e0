import { usageQueries } from "@headcount/contract/usage/query-routes";
import { activityCsv, hoursCsv } from "@headcount/domain/usage/query/route-csv";
import { query } from "../../platform/command.ts";
import { periodQuestion } from "./period-question.ts";
import { readAsOf } from "./read-as-of.ts";
import { readHours, readWeekHours } from "./read-hours.ts";
import { resolveFilters } from "./resolve-filters.ts";

export const usageByHour = query(
  usageQueries.byHour,
  async (ctx, input) => {
    const period = { ...input, filters: await resolveFilters(ctx, input) };
    return {
      ...(await readHours(ctx, period)),
      asOf: await readAsOf(ctx, periodQuestion(ctx, period, []).range),
    };
  },
  hoursCsv,
);

export const usageActivity = query(
  usageQueries.activity,
  async (ctx, input) => {
    const period = { ...input, filters: await resolveFilters(ctx, input) };
    return {
      ...(await readWeekHours(ctx, period)),
      asOf: await readAsOf(ctx, periodQuestion(ctx, period, []).range),
    };
  },
  activityCsv,
);
