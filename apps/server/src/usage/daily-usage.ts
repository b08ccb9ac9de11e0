import { usage } from "@headcount/contract/usage/routes";
import { lastLocalDays } from "@headcount/domain/usage/buckets";
import { fillDays } from "@headcount/domain/usage/series";
import { getVisibleRow } from "../agents/read-agents.ts";
import { query } from "../platform/command.ts";
import { readSumsPerDay, readTasksPerDay } from "./read-period.ts";
import { latest, noUsage, sumOf, toSummary } from "./usage-sums.ts";

export const dailyUsage = query(usage.daily, async (ctx, input) => {
  const agentId = input.agentId ? (await getVisibleRow(ctx, input.agentId)).id : null;
  const period = lastLocalDays(input.tz, ctx.now, input.days);
  const used = await readSumsPerDay(ctx, period, agentId);
  const tasks = await readTasksPerDay(ctx, period, agentId);
  const days = fillDays(
    period.map((day) => day.date),
    used.map(({ date, sums }) => ({ date, sums })),
    (date) => ({ date, sums: noUsage }),
  );
  return {
    days: days.map(({ date, sums }) => ({
      date,
      usage: toSummary(sums),
      tasks: tasks.get(date) ?? 0,
    })),
    total: toSummary(sumOf(used.map((day) => day.sums))),
    asOf: latest(used.map((day) => day.lastUsedAt)),
  };
});
