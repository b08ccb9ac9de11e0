import { usageQueries } from "@headcount/contract/usage/query-routes";
import type { UsageQueryReply } from "@headcount/contract/usage/query-schemas";
import type { UsageMetric } from "@headcount/contract/usage/query-words";
import { type BarWidth, barWidthOf } from "@headcount/domain/usage/chart/bar-widths";
import {
  metricSeriesOf,
  seriesOf,
  type StackedUsage,
} from "@headcount/domain/usage/chart/series-of";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { query } from "../../data/query.ts";
import type { AskedRange } from "../use-range.ts";
import type { UsageView } from "../usage-view.ts";
import { type TrendQuestion, trendQuestion } from "./trend-question.ts";

/** The most colours that can be told apart; what is left is one series. */
const mostSeries = 8;

/** What says whether there is a price, and whether there is other money. */
const besides: ReadonlySet<UsageMetric> = new Set(["tokens", "unpriced_tokens", "notional"]);

export type TrendData = {
  readonly stacked: StackedUsage;
  readonly question: TrendQuestion;
  /** Decides how figures are written: all metrics of one chart have one unit. */
  readonly metric: UsageMetric;
  readonly barWidth: BarWidth;
  /** Series of which nothing has a price. */
  readonly unpriced: ReadonlySet<string>;
  readonly totals: UsageQueryReply["totals"];
};

/** The trend of the period, as the address wants it. */
export function useTrend({ search, question }: UsageView, range: AskedRange) {
  const asked = trendQuestion(search);
  const reply = useQuery({
    ...query(usageQueries.query, {
      ...question,
      metrics: [...asked.metrics, ...besides],
      group_by: asked.by === null ? ["time"] : ["time", asked.by],
      bucket: barWidthOf(range, search.bucket),
      limit: mostSeries,
    }),
    placeholderData: keepPreviousData,
  });
  const { data } = reply;
  const trend = useMemo(() => (data === undefined ? undefined : toTrend(data)), [data]);
  return { reply, trend };
}

/** Until a new answer is there the old one stays: so it is read as the question that it answers. */
function answeredBy({ groupBy, metrics }: UsageQueryReply): TrendQuestion {
  const by = groupBy.find((grouping) => grouping !== "time") ?? null;
  const drawn =
    by === null ? metrics.filter((metric) => !besides.has(metric)) : metrics.slice(0, 1);
  return { metrics: drawn, by };
}

function toTrend(data: UsageQueryReply): TrendData {
  const question = answeredBy(data);
  const metric = question.metrics[0] ?? "tokens";
  return {
    stacked: question.by === null ? metricSeriesOf(data, question.metrics) : seriesOf(data, metric),
    question,
    metric,
    barWidth: data.bucket === "hour" || data.bucket === "week" ? data.bucket : "day",
    unpriced: question.by === "model" ? unpricedIn(data) : new Set(),
    totals: data.totals,
  };
}

function unpricedIn({ rows }: UsageQueryReply): ReadonlySet<string> {
  const sums = new Map<string, { tokens: number; unpriced: number }>();
  for (const { keys, metrics } of rows) {
    const id = `${keys[1]?.kind ?? ""}:${keys[1]?.value ?? ""}`;
    const { tokens, unpriced } = sums.get(id) ?? { tokens: 0, unpriced: 0 };
    sums.set(id, {
      tokens: tokens + Number(metrics.tokens ?? 0),
      unpriced: unpriced + Number(metrics.unpriced_tokens ?? 0),
    });
  }
  const found = [...sums].filter(([, { tokens, unpriced }]) => tokens > 0 && unpriced >= tokens);
  return new Set(found.map(([id]) => id));
}
