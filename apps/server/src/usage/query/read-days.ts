import type { UsageDay, UsageSummary } from "@headcount/contract/usage/schemas";
import { fillDays } from "@headcount/domain/usage/series";
import { nothing } from "@headcount/domain/usage/query/measures";
import { summarise } from "@headcount/domain/usage/query/summarise";
import type { WorkspaceContext } from "../../platform/context.ts";
import { countTasks } from "./count-tasks.ts";
import { type Period, periodQuestion } from "./period-question.ts";
import { readGroups, slotsOf } from "./read-groups.ts";
import { sumGroups } from "./sum-groups.ts";

/** Usage and tasks of every calendar day of a period, also of those without any. */
export async function readDays(
  ctx: WorkspaceContext,
  period: Period,
): Promise<{ readonly days: UsageDay[]; readonly total: UsageSummary }> {
  const question = periodQuestion(ctx, period, ["time"]);
  const groups = await readGroups(ctx, question);
  const dates = new Map(
    slotsOf(question).map((slot) => [new Date(slot.startsAtMs).toISOString(), slot.label]),
  );
  const rows = groups.map(({ keys, measured }) => ({
    date: dates.get(keys[0]?.value ?? "") ?? "",
    measured,
  }));
  const filled = fillDays([...dates.values()], rows, (date) => ({ date, measured: nothing }));
  return {
    days: filled.map(({ date, measured }) => ({
      date,
      usage: summarise(measured.sums),
      tasks: countTasks(measured),
    })),
    total: summarise(sumGroups(groups).sums),
  };
}
