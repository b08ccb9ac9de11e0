import { type OutcomeSplit, spendOutcomes } from "@headcount/contract/usage/outcome-schemas";
import { useFormat } from "../../i18n/use-format.ts";
import { useText } from "../../i18n/use-text.ts";
import { Duration } from "../../ui/duration.tsx";
import { Money } from "../../ui/money.tsx";
import type { MoneyMetric } from "./board-columns.ts";
import { outcomeColours } from "./outcome-colours.ts";
import { spendOf } from "./spend-of.ts";

type OutcomeSplitProps = { readonly split: OutcomeSplit; readonly money: MoneyMetric };

/** Everything that was spent in one bar by what came of it, and the cost of one issue done. */
export function OutcomeSplitFigure({ split, money }: OutcomeSplitProps) {
  const text = useText();
  const format = useFormat();
  const { outcomes } = text.usageLists;
  const { perIssue, count } = split.issuesDone;
  const all = Number(spendOf(split.spend, money) ?? 0);
  return (
    <div className="flex flex-col gap-4">
      <dl className="flex flex-wrap items-baseline gap-x-10 gap-y-3">
        <Fact label={outcomes.perIssue}>
          {perIssue === null ? (
            <span className="text-13 font-normal text-faint">{outcomes.noIssueDone}</span>
          ) : (
            <Money usd={spendOf(perIssue, money)} />
          )}
        </Fact>
        {perIssue !== null && (
          <>
            <Fact label={text.usageLists.time}>
              <Duration durationMs={perIssue.runTimeMs} />
            </Fact>
            <Fact label={outcomes.attempts}>
              <span className="figures">{format.number(perIssue.attempts)}</span>
            </Fact>
            <Fact label={outcomes.issues}>
              <span className="figures">{format.number(count)}</span>
            </Fact>
          </>
        )}
      </dl>
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

type FactProps = { readonly label: string; readonly children: React.ReactNode };

function Fact({ label, children }: FactProps) {
  return (
    <div className="flex flex-col gap-0.5">
      <dt className="text-12 text-faint">{label}</dt>
      <dd className="text-20 font-semibold leading-tight">{children}</dd>
    </div>
  );
}
