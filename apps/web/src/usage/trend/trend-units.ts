import type { UsageMetric } from "@headcount/contract/usage/query-words";
import type { Bar } from "../../charts/bars/bar-types.ts";
import type { Catalogue } from "../../i18n/catalogue.ts";
import { figureText } from "../figure-of.tsx";

/** How figures of a metric are drawn: in which unit, and how they are written. */
export type TrendUnit = {
  readonly label: string;
  /** Figures of the books in one of the unit. */
  readonly size: number;
  readonly formatValue: (value: number) => string;
  readonly formatTick: (value: number) => string;
};

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;

/** Times are drawn in hours or in minutes, so that the axis has round steps; all else is drawn as it is. */
export function trendUnit(metric: UsageMetric, largest: number, text: Catalogue): TrendUnit {
  const words = text.usage.dashboard;
  const write = (value: number) => figureText(metric, value, text.figures);
  if (metric.endsWith("_time")) {
    const size = largest >= 2 * hourMs ? hourMs : minuteMs;
    return {
      label: size === hourMs ? words.unitHours : words.unitMinutes,
      size,
      formatValue: (value) => write(value * size),
      formatTick: plainTick,
    };
  }
  if (metric === "cost" || metric === "notional") {
    return { label: text.usage.unitCost, size: 1, formatValue: write, formatTick: write };
  }
  if (metric === "failures" || metric.startsWith("tasks")) {
    return { label: words.unitTasks, size: 1, formatValue: write, formatTick: wholeTick };
  }
  return { label: text.usage.unitTokens, size: 1, formatValue: write, formatTick: write };
}

function plainTick(value: number): string {
  return String(Math.round(value * 100) / 100);
}

/** There are no half tasks. */
function wholeTick(value: number): string {
  return Number.isInteger(value) ? String(value) : "";
}

/** What the highest bar comes to. */
export function largestOf(bars: readonly Pick<Bar, "values">[]): number {
  return Math.max(
    0,
    ...bars.map(({ values }) => Object.values(values).reduce((sum, value) => sum + value, 0)),
  );
}
