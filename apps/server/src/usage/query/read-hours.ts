import type { UsageSummary } from "@headcount/contract/usage/schemas";
import { nothing } from "@headcount/domain/usage/query/measures";
import { summarise } from "@headcount/domain/usage/query/summarise";
import type { WorkspaceContext } from "../../platform/context.ts";
import { countTasks } from "./count-tasks.ts";
import { type Period, periodQuestion } from "./period-question.ts";
import { readGroups } from "./read-groups.ts";
import { sumGroups } from "./sum-groups.ts";

export type HourShare = {
  readonly hour: number;
  readonly tasks: number;
  readonly usage: UsageSummary;
};

export type WeekHourShare = HourShare & { readonly weekday: number };

const hours = Array.from({ length: 24 }, (_, hour) => hour);
const weekdays = [1, 2, 3, 4, 5, 6, 7];

/** Usage by hour of the day, all 24. */
export async function readHours(
  ctx: WorkspaceContext,
  period: Period,
): Promise<{ readonly hours: HourShare[]; readonly total: UsageSummary }> {
  const groups = await readGroups(ctx, periodQuestion(ctx, period, ["hour"]));
  const measuredAt = new Map(groups.map(({ keys, measured }) => [keys[0]?.value, measured]));
  return {
    hours: hours.map((hour) => shareOf(hour, measuredAt.get(String(hour)))),
    total: summarise(sumGroups(groups).sums),
  };
}

/** Usage by weekday and hour of the day, all 168. */
export async function readWeekHours(
  ctx: WorkspaceContext,
  period: Period,
): Promise<{ readonly cells: WeekHourShare[]; readonly total: UsageSummary }> {
  const groups = await readGroups(ctx, periodQuestion(ctx, period, ["weekday", "hour"]));
  const measuredAt = new Map(
    groups.map(({ keys: [day, hour], measured }) => [`${day?.value} ${hour?.value}`, measured]),
  );
  return {
    cells: weekdays.flatMap((weekday) =>
      hours.map((hour) => ({ weekday, ...shareOf(hour, measuredAt.get(`${weekday} ${hour}`)) })),
    ),
    total: summarise(sumGroups(groups).sums),
  };
}

function shareOf(hour: number, measured = nothing): HourShare {
  return { hour, tasks: countTasks(measured), usage: summarise(measured.sums) };
}
