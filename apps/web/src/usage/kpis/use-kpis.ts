import { usageQueries } from "@headcount/contract/usage/query-routes";
import type { UsageQueryReply } from "@headcount/contract/usage/query-schemas";
import { barWidthOf } from "@headcount/domain/usage/chart/bar-widths";
import { type PreviousPeriod, previousPeriod } from "@headcount/domain/usage/chart/previous-period";
import { keepPreviousData, useQuery, type UseQueryResult } from "@tanstack/react-query";
import { query } from "../../data/query.ts";
import { withRange } from "../to-question.ts";
import type { AskedRange } from "../use-range.ts";
import type { UsageQuestion } from "../usage-view.ts";

/** Figures of the tiles, and those that explain them. */
const metrics = [
  "cost",
  "notional",
  "tokens",
  "run_time",
  "tasks",
  "tasks_done",
  "cache_savings",
  "input",
  "cache_read",
  "unpriced_tokens",
  "events",
] as const;

export type Kpis = {
  readonly present: UseQueryResult<UsageQueryReply>;
  /** What the present is compared with; undefined while it loads, or where there is nothing before. */
  readonly before: UsageQueryReply["totals"] | undefined;
  readonly period: PreviousPeriod | null;
};

/** The figures of the period with its course, and those of the period before. */
export function useKpis(question: UsageQuestion, range: AskedRange): Kpis {
  const present = useQuery({
    ...query(usageQueries.query, {
      ...question,
      metrics: [...metrics],
      group_by: ["time"],
      bucket: barWidthOf(range, undefined),
    }),
    placeholderData: keepPreviousData,
  });
  const period = previousPeriod(question.tz, range, range.nowMs);
  const before = useQuery({
    ...query(usageQueries.query, {
      ...withRange(question, {
        from: new Date(period?.fromMs ?? 0).toISOString(),
        to: new Date(period?.toMs ?? 0).toISOString(),
      }),
      metrics: [...metrics],
    }),
    enabled: period !== null,
    placeholderData: keepPreviousData,
  });
  // Figures of one question are never measured against those of another.
  const belongs = period !== null && before.isPlaceholderData === present.isPlaceholderData;
  return { present, before: belongs ? before.data?.totals : undefined, period };
}
