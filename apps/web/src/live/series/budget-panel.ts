import type { LiveSeriesReply } from "@headcount/contract/live/series-schemas";
import { budgetCourse } from "@headcount/domain/live/budget-course";
import { rollingCourse } from "@headcount/domain/live/rolling-course";
import { formatUsd, parseUsd } from "@headcount/domain/usage/money";
import type { LimitLine, TimeSeriesPanel } from "../../charts/time-series/chart-types.ts";
import type { Catalogue } from "../../i18n/catalogue.ts";
import { formatMoney } from "../../ui/format-money.ts";
import { formatTokens } from "../../ui/format-tokens.ts";
import type { KnownSeries } from "../load-series.ts";
import { metricOfUnit, type ShownBudget } from "./shown-budget.ts";

type BudgetPanelProps = {
  readonly known: KnownSeries;
  readonly budget: ShownBudget | null;
  readonly text: Catalogue;
  readonly height: number;
};

type Course = {
  readonly values: readonly (number | null)[];
  readonly limit: LimitLine;
};

const hourMs = 60 * 60_000;

/** How the budget that counts what is shown was used up: its limit, its resets and where it heads. */
export function budgetPanel({
  known,
  budget,
  text,
  height,
}: BudgetPanelProps): Omit<TimeSeriesPanel, "id"> {
  const { reply } = known;
  const timesMs = startsOf(reply);
  const isRolling = budget?.window.kind === "rolling_5h";
  const isInTokens = budget?.unit === "tokens";
  const course = budget && (isRolling ? rollingOf : calendarOf)(known, budget, text);
  return {
    label: budget === null ? text.live.noBudget : text.live.budgetOf({ name: budget.name }),
    unit: isInTokens ? text.live.tokenUnit : "US$",
    style: "area",
    timesMs,
    endsAtMs: Date.parse(reply.sums.times.endsAt),
    series: [
      {
        id: "spent",
        label: isRolling ? text.live.budgetSpentRolling : text.live.budgetSpent,
        colour: "var(--series-2)",
        values: course?.values ?? timesMs.map(() => null),
      },
    ],
    partialFromMs: reply.partialFrom === null ? null : Date.parse(reply.partialFrom),
    formatValue: isInTokens ? tokensText : formatMoney,
    limit: course && course.limit,
    comparison: null,
    height,
  };
}

/** From zero at each reset towards the limit. */
function calendarOf({ reply }: KnownSeries, budget: ShownBudget, text: Catalogue): Course {
  const { values, resetsAtMs, heading } = budgetCourse({
    window: budget.window,
    timesMs: startsOf(reply),
    endsAtMs: Date.parse(reply.sums.times.endsAt),
    amounts: figuresOf(reply, budget).map((figure) => (figure === null ? null : Number(figure))),
    nowMs: Date.parse(reply.asOf),
    spent: Number(budget.status.spent),
  });
  const { value, figure } = limitOf(budget);
  const label = text.live.budgetLimit({ figure });
  return {
    values,
    limit: { value, label, resetsAtMs, ...(heading === null ? {} : { projection: heading }) },
  };
}

/** What was spent in the five hours before each point, which falls again without a reset. */
function rollingOf({ reply, lead }: KnownSeries, budget: ShownBudget, text: Catalogue): Course {
  const before = lead === null ? [] : startsOf(lead);
  const timesMs = startsOf(reply);
  const endsAtMs = Date.parse(reply.sums.times.endsAt);
  const values = rollingCourse({
    timesMs: [...before, ...timesMs],
    endsAtMs,
    amounts: [...(lead === null ? [] : figuresOf(lead, budget)), ...figuresOf(reply, budget)].map(
      picoOf,
    ),
    nowMs: Date.parse(reply.asOf),
  }).slice(before.length);
  const { value, figure } = limitOf(budget);
  const isTooWide = endsAtMs - (timesMs[0] ?? endsAtMs) > timesMs.length * hourMs;
  return {
    values: values.map((pico) => (pico === null ? null : Number(formatUsd(pico)))),
    limit: {
      value,
      label: text.live.budgetLimitRolling({ figure }),
      resetsAtMs: [],
      note: isTooWide ? text.live.budgetTooWide : text.live.budgetNoResets,
    },
  };
}

const startsOf = ({ sums }: LiveSeriesReply): readonly number[] =>
  sums.times.startsAt.map((instant) => Date.parse(instant));

type Figure = LiveSeriesReply["sums"]["series"][number]["values"][number];

function figuresOf({ sums }: LiveSeriesReply, { unit }: ShownBudget): readonly Figure[] {
  return sums.series.find(({ metric }) => metric === metricOfUnit[unit])?.values ?? [];
}

function picoOf(figure: Figure): bigint | null {
  if (figure === null) return null;
  const amount = parseUsd(String(figure));
  if (!amount.ok) throw new Error(`${figure} is no amount`);
  return amount.value;
}

const tokensText = (value: number): string => formatTokens(BigInt(Math.round(value)));

function limitOf({ limit, unit }: ShownBudget): { value: number; figure: string } {
  const value = Number(limit);
  return { value, figure: unit === "tokens" ? tokensText(value) : formatMoney(value) };
}
