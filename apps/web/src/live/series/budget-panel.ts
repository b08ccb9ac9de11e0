import type { LiveSeriesReply } from "@headcount/contract/live/series-schemas";
import { budgetCourse } from "@headcount/domain/live/budget-course";
import type { LimitLine, TimeSeriesPanel } from "../../charts/time-series/chart-types.ts";
import type { Catalogue } from "../../i18n/catalogue.ts";
import { formatMoney } from "../../ui/format-money.ts";
import { formatTokens } from "../../ui/format-tokens.ts";
import { metricOfUnit, type ShownBudget } from "./use-shown-budget.ts";

type BudgetPanelProps = {
  readonly reply: LiveSeriesReply;
  readonly budget: ShownBudget | null;
  readonly text: Catalogue;
  readonly height: number;
};

/** How the budget that counts what is shown was used up: its limit, its resets and where it heads. */
export function budgetPanel({
  reply,
  budget,
  text,
  height,
}: BudgetPanelProps): Omit<TimeSeriesPanel, "id"> {
  const { times, series } = reply.sums;
  const timesMs = times.startsAt.map((instant) => Date.parse(instant));
  const endsAtMs = Date.parse(times.endsAt);
  const metric = metricOfUnit[budget?.unit ?? "billed_usd"];
  const amounts = (series.find((one) => one.metric === metric)?.values ?? []).map((value) =>
    value === null ? null : Number(value),
  );
  const nowMs = Date.parse(reply.asOf);
  const course = budget && {
    ...budgetCourse({
      window: budget.window,
      timesMs,
      endsAtMs,
      amounts,
      nowMs,
      spent: Number(budget.status.spent),
    }),
  };
  return {
    label: budget === null ? text.live.noBudget : text.live.budgetOf({ name: budget.name }),
    unit: metric === "tokens" ? text.live.tokenUnit : "US$",
    style: "area",
    timesMs,
    endsAtMs,
    series: [
      {
        id: "spent",
        label: text.live.budgetSpent,
        colour: "var(--series-2)",
        values: course?.values ?? timesMs.map(() => null),
      },
    ],
    partialFromMs: reply.partialFrom === null ? null : Date.parse(reply.partialFrom),
    formatValue: metric === "tokens" ? tokensText : formatMoney,
    limit: budget && course && limitOf(budget, course, text),
    comparison: null,
    height,
  };
}

const tokensText = (value: number): string => formatTokens(BigInt(Math.round(value)));

function limitOf(
  { limit, unit }: ShownBudget,
  { resetsAtMs, heading }: ReturnType<typeof budgetCourse>,
  text: Catalogue,
): LimitLine {
  const value = Number(limit);
  const figure = unit === "tokens" ? tokensText(value) : formatMoney(value);
  return {
    value,
    label: text.live.budgetLimit({ figure }),
    resetsAtMs,
    ...(heading === null ? {} : { projection: heading }),
  };
}
