import type { OutcomeGrouping } from "@headcount/contract/usage/outcome-schemas";
import { usageQueries } from "@headcount/contract/usage/query-routes";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { QueryError } from "../../data/query-error.tsx";
import { query } from "../../data/query.ts";
import { useText } from "../../i18n/use-text.ts";
import { Segmented } from "../../ui/segmented.tsx";
import { Skeleton } from "../../ui/skeleton.tsx";
import { UntilAnswered } from "../until-answered.tsx";
import { type UsageResult, usageResults } from "../usage-search.ts";
import type { UsageView } from "../usage-view.ts";
import type { MoneyMetric } from "./board-columns.ts";
import { OutcomeSplitFigure } from "./outcome-split.tsx";
import { OutcomeTable } from "./outcome-table.tsx";

/** What usage came to: where the money went, and what an issue done and a merged pull request took. */
export function OutcomeSection({ view }: { readonly view: UsageView }) {
  const text = useText();
  const { outcomes } = text.usageLists;
  const groupBy: OutcomeGrouping = view.search.outcomes ?? "agent";
  const result: UsageResult = view.search.results ?? "issues";
  const money: MoneyMetric = view.search.money === "notional" ? "notional" : "cost";
  const answer = useQuery({
    ...query(usageQueries.outcomes, { ...view.question, group_by: groupBy }),
    placeholderData: keepPreviousData,
  });
  return (
    <section className="flex min-w-0 flex-col gap-3">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
        <h2 className="text-14 font-semibold">{outcomes.title}</h2>
        <span className="ms-auto flex flex-wrap justify-end gap-2">
          {(result !== "issues" || (answer.data?.total.pullRequestsMerged.count ?? 0) > 0) && (
            <Segmented
              label={outcomes.countIn}
              value={result}
              onChange={(next) => view.step({ results: next === "issues" ? undefined : next })}
              options={usageResults.map((value) => ({
                value,
                label: outcomes.results[value].count,
              }))}
            />
          )}
          <Segmented
            label={text.usageLists.groupBy}
            value={groupBy}
            onChange={(next) => view.step({ outcomes: next === "agent" ? undefined : next })}
            options={[
              { value: "agent", label: outcomes.byAgent },
              { value: "model", label: outcomes.byModel },
            ]}
          />
        </span>
      </div>
      {answer.isPending && <Skeleton className="h-24 w-full" />}
      {answer.isError && answer.data === undefined && (
        <QueryError error={answer.error} onRetry={() => void answer.refetch()} />
      )}
      {answer.data !== undefined && (
        <UntilAnswered reply={answer} className="flex flex-col gap-3">
          <OutcomeSplitFigure split={answer.data.total} money={money} />
          <OutcomeTable reply={answer.data} result={result} money={money} onOpen={view.drill} />
          <p className="text-12 text-faint">
            {outcomes.results[result].hint} {outcomes.results[result].sharedHint}
          </p>
        </UntilAnswered>
      )}
    </section>
  );
}
