import { budgets } from "@headcount/contract/budgets/routes";
import type { MoneyForecast, UsageForecastReply } from "@headcount/contract/usage/forecast-schemas";
import { timeOfDay } from "@headcount/domain/usage/forecast/time-of-day";
import { useQuery } from "@tanstack/react-query";
import { query } from "../../data/query.ts";
import { useFormat } from "../../i18n/use-format.ts";
import { useText } from "../../i18n/use-text.ts";
import { useNowMs } from "../../ui/clock.ts";
import { formatMoney } from "../../ui/format-money.ts";
import { formatTokens } from "../../ui/format-tokens.ts";
import type { UsageView } from "../usage-view.ts";
import { localDate } from "../zone-dates.ts";
import { ForecastChart } from "./forecast-chart.tsx";
import { ForecastFacts } from "./forecast-facts.tsx";
import { ForecastTables } from "./forecast-tables.tsx";
import { monthCourse } from "./month-course.ts";
import { limitFate, type MoneyKind, monthLimit } from "./month-limit.ts";

type ForecastBodyProps = {
  readonly view: UsageView;
  readonly reply: UsageForecastReply;
  readonly kind: MoneyKind;
  readonly shownAs: "chart" | "table";
};

const minuteMs = 60_000;
const dayMs = 24 * 60 * minuteMs;

/** Facts, chart or tables, and what that means for the budget of the month. */
export function ForecastBody({ view, reply, kind, shownAs }: ForecastBodyProps) {
  const { usageForecast: words } = useText();
  const format = useFormat();
  const nowMs = useNowMs(minuteMs);
  const list = useQuery(query(budgets.list, { workspace: view.question.workspace }));
  const forecast = reply[kind];
  const { projected, days, spentUsd } = forecast;
  if (forecast.reason !== null || projected === null) return <Nothing forecast={forecast} />;
  const budget = monthLimit(list.data?.items ?? [], kind, view.search);
  const limit = budget && {
    usd: Number(budget.limit),
    label: words.limit({ name: budget.name, limit: formatMoney(budget.limit) }),
  };
  return (
    <div className="flex flex-col gap-4">
      <ForecastFacts forecast={forecast} />
      {shownAs === "table" ? (
        <ForecastTables forecast={forecast} />
      ) : (
        <ForecastChart
          course={monthCourse(forecast)}
          limit={limit}
          timeOfDay={timeOfDay(reply.tz, nowMs) / dayMs}
          label={words.chart({
            spent: formatMoney(spentUsd ?? 0),
            total: formatMoney(projected.usd),
            date: format.date(localDate(days.at(-1)?.date ?? "")),
            low: formatMoney(projected.lowUsd),
            high: formatMoney(projected.highUsd),
          })}
        />
      )}
      {budget !== null && (
        <BudgetFate forecast={forecast} name={budget.name} limit={budget.limit} />
      )}
      <p className="text-12 text-faint">
        {words.method}
        {Number(reply.unpricedTokens) > 0 &&
          ` ${words.unpriced({ tokens: formatTokens(reply.unpricedTokens) })}`}
      </p>
    </div>
  );
}

function Nothing({ forecast }: { readonly forecast: MoneyForecast }) {
  const { usageForecast: words } = useText();
  const { reason, daysKnown, daysNeeded } = forecast;
  return (
    <div className="flex flex-col gap-3">
      {reason === "too_little_history" && <ForecastFacts forecast={forecast} />}
      <p className="text-13 text-muted">
        {reason === "nothing_used" || reason === "unpriced"
          ? words.reason[reason]
          : words.tooLittle({ known: daysKnown, needed: daysNeeded })}
      </p>
    </div>
  );
}

type BudgetFateProps = {
  readonly forecast: MoneyForecast;
  readonly name: string;
  readonly limit: string;
};

function BudgetFate({ forecast, name, limit }: BudgetFateProps) {
  const { usageForecast: words } = useText();
  const format = useFormat();
  const fate = limitFate(forecast, limit);
  if (fate === null) return null;
  if (fate.kind === "reached") {
    const date = format.dayAndMonth(localDate(fate.date));
    return <p className="text-13 text-waiting-ink">{words.limitReached({ name, date })}</p>;
  }
  return (
    <p className="text-13 text-muted">
      {fate.kind === "may" ? words.limitMay({ name }) : words.limitKept({ name })}
    </p>
  );
}
