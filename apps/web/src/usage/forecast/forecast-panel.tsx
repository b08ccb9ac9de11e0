import { usageForecasts } from "@headcount/contract/usage/forecast-routes";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { QueryError } from "../../data/query-error.tsx";
import { query } from "../../data/query.ts";
import { useText } from "../../i18n/use-text.ts";
import { Segmented } from "../../ui/segmented.tsx";
import { Skeleton } from "../../ui/skeleton.tsx";
import { UntilAnswered } from "../until-answered.tsx";
import type { UsageView } from "../usage-view.ts";
import { ForecastBody } from "./forecast-body.tsx";
import type { MoneyKind } from "./month-limit.ts";

/** What the month comes to by its end, for the filters of the page; the period does not matter. */
export function ForecastPanel({ view }: { readonly view: UsageView }) {
  const text = useText();
  const words = text.usageForecast;
  const [shownAs, setShownAs] = useState<"chart" | "table">("chart");
  const { days: _days, from: _from, to: _to, ...asked } = view.question;
  const answer = useQuery({
    ...query(usageForecasts.forecast, asked),
    placeholderData: keepPreviousData,
  });
  const reply = answer.data;
  const hasBoth = reply !== undefined && isUsed(reply.billed) && isUsed(reply.notional);
  const kind = reply === undefined ? "billed" : kindOf(view, reply);
  return (
    <section aria-label={words.title} className="flex flex-col gap-3">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
        <h2 className="text-14 font-semibold">{words.title}</h2>
        <span className="ms-auto flex items-center gap-1.5">
          {hasBoth && (
            <Segmented
              label={words.money}
              value={kind}
              onChange={(next) => view.change({ money: next })}
              options={[
                { value: "billed", label: words.billed },
                { value: "notional", label: words.notional },
              ]}
            />
          )}
          {reply?.[kind].projected && (
            <Segmented
              label={words.shownAs}
              value={shownAs}
              onChange={setShownAs}
              options={[
                { value: "chart", label: text.usage.chart },
                { value: "table", label: text.usage.table },
              ]}
            />
          )}
        </span>
      </div>
      {answer.isPending && <Skeleton className="h-60 w-full" />}
      {answer.isError && reply === undefined && (
        <QueryError error={answer.error} onRetry={() => void answer.refetch()} />
      )}
      {reply !== undefined && (
        <UntilAnswered reply={answer}>
          <ForecastBody view={view} reply={reply} kind={kind} shownAs={shownAs} />
        </UntilAnswered>
      )}
    </section>
  );
}

type Kinds = Readonly<Record<MoneyKind, { readonly reason: string | null }>>;

const isUsed = ({ reason }: Kinds[MoneyKind]): boolean => reason !== "nothing_used";

/** What was asked for, unless only the other one is used at all. */
function kindOf(view: UsageView, reply: Kinds): MoneyKind {
  const wanted = view.search.money ?? "billed";
  const other = wanted === "billed" ? "notional" : "billed";
  return !isUsed(reply[wanted]) && isUsed(reply[other]) ? other : wanted;
}
