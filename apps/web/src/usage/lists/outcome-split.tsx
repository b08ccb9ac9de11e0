import { type OutcomeSplit, spendOutcomes } from "@headcount/contract/usage/outcome-schemas";
import { useText } from "../../i18n/use-text.ts";
import type { MoneyMetric } from "./board-columns.ts";
import { NoMergedPullRequest } from "./no-merged-pull-request.tsx";
import { outcomeColours } from "./outcome-colours.ts";
import { ResultFacts } from "./result-facts.tsx";
import { spendOf } from "./spend-of.ts";

type OutcomeSplitProps = { readonly split: OutcomeSplit; readonly money: MoneyMetric };

/** What an issue done and a merged pull request took, and everything that was spent by what came of it. */
export function OutcomeSplitFigure({ split, money }: OutcomeSplitProps) {
  const text = useText();
  const { outcomes } = text.usageLists;
  const all = Number(spendOf(split.spend, money) ?? 0);
  return (
    <div className="flex flex-col gap-4">
      <div className="grid grid-cols-2 gap-x-10 gap-y-4 tablet:grid-cols-[repeat(4,max-content)]">
        <ResultFacts split={split} result="issues" money={money} nothing={outcomes.noIssueDone} />
        <ResultFacts
          split={split}
          result="pull-requests"
          money={money}
          nothing={<NoMergedPullRequest />}
        />
      </div>
      {all > 0 && (
        <div aria-hidden="true" className="flex h-2 gap-px overflow-hidden rounded-full">
          {spendOutcomes.map((outcome) => {
            const share = Number(spendOf(split.byOutcome[outcome], money) ?? 0) / all;
            return share > 0 ? (
              <span
                key={outcome}
                className="min-w-0.5"
                style={{ width: `${share * 100}%`, background: outcomeColours[outcome] }}
              />
            ) : null;
          })}
        </div>
      )}
    </div>
  );
}
