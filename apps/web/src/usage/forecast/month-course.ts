import type { MoneyForecast, ProjectedUsd } from "@headcount/contract/usage/forecast-schemas";
import { sumFigures } from "@headcount/domain/usage/chart/sum-figures";

/** A day of the month with the sums to its end. */
export type CourseDay = {
  readonly date: string;
  /** Of the day alone, and from the start of the month; null for days to come. */
  readonly spentUsd: string | null;
  readonly sumUsd: string | null;
  readonly projected: ProjectedUsd | null;
};

/** Every day of the month with what has been summed up by its end. */
export function monthCourse({ days }: Pick<MoneyForecast, "days">): readonly CourseDay[] {
  return days.map((day, at) => ({
    date: day.date,
    spentUsd: day.spentUsd,
    sumUsd: day.spentUsd && String(sumFigures(days.slice(0, at + 1).map((one) => one.spentUsd))),
    projected: day.projected,
  }));
}
