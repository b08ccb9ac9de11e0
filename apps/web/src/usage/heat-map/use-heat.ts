import { usageQueries } from "@headcount/contract/usage/query-routes";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { query } from "../../data/query.ts";
import { withRange } from "../to-question.ts";
import type { UsageQuestion } from "../usage-view.ts";
import { heatSpan } from "./heat-weeks.ts";

/** Tokens and cost of each of the last 26 weeks' days, with the filters of the page, whatever its period. */
export function useHeat(question: UsageQuestion, nowMs: number) {
  const { tz } = question;
  const span = useMemo(() => heatSpan(tz, nowMs), [tz, nowMs]);
  const reply = useQuery({
    ...query(usageQueries.query, {
      ...withRange(question, { from: span.firstDay, to: span.today }),
      metrics: ["tokens", "cost", "notional"],
      group_by: ["time"],
      bucket: "day",
    }),
    placeholderData: keepPreviousData,
  });
  const { data } = reply;
  const days = useMemo(
    () => new Map(data?.rows.map(({ keys, metrics }) => [keys[0]?.label ?? "", metrics])),
    [data],
  );
  return { span, reply, days };
}
