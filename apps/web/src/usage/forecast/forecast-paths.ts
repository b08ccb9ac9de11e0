import type { CourseDay } from "./month-course.ts";

type Place = {
  /** Pixels of so many days after the start of the month. */
  readonly xOf: (days: number) => number;
  /** Pixels of so many dollars. */
  readonly yOf: (usd: number) => number;
  /** Share of today that is over. */
  readonly timeOfDay: number;
};

type Point = { readonly x: number; readonly y: number };

export type ForecastPaths = {
  readonly spent: string;
  readonly projected: string;
  /** Closed: along the upper bounds and back along the lower ones. */
  readonly range: string;
  /** Where the month stands. */
  readonly now: Point;
};

/** The lines of the chart. What is projected begins where the month stands now. */
export function forecastPaths(course: readonly CourseDay[], place: Place): ForecastPaths {
  const { xOf, yOf, timeOfDay } = place;
  const past = course.filter(({ sumUsd }) => sumUsd !== null);
  const today = past.length - 1;
  const spent = past.map(
    ({ sumUsd }, day): Point => ({
      x: xOf(day === today ? day + timeOfDay : day + 1),
      y: yOf(Number(sumUsd)),
    }),
  );
  const now = spent.at(-1) ?? { x: xOf(0), y: yOf(0) };
  const ahead = (of: "usd" | "lowUsd" | "highUsd"): readonly Point[] =>
    course.flatMap(({ projected }, day) =>
      projected === null ? [] : [{ x: xOf(day + 1), y: yOf(Number(projected[of])) }],
    );
  const hasAhead = course.some(({ projected }) => projected !== null);
  return {
    spent: lineOf([{ x: xOf(0), y: yOf(0) }, ...spent]),
    projected: hasAhead ? lineOf([now, ...ahead("usd")]) : "",
    range: hasAhead
      ? `${lineOf([now, ...ahead("highUsd"), ...ahead("lowUsd").toReversed()])}Z`
      : "",
    now,
  };
}

function lineOf(points: readonly Point[]): string {
  return points
    .map(({ x, y }, at) => `${at === 0 ? "M" : "L"}${x.toFixed(1)} ${y.toFixed(1)}`)
    .join("");
}
