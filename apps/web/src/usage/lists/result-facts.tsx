import type { OutcomeSplit } from "@headcount/contract/usage/outcome-schemas";
import type { ReactNode } from "react";
import { useFormat } from "../../i18n/use-format.ts";
import { useText } from "../../i18n/use-text.ts";
import { Duration } from "../../ui/duration.tsx";
import { Money } from "../../ui/money.tsx";
import type { UsageResult } from "../usage-search.ts";
import type { MoneyMetric } from "./board-columns.ts";
import { resultOf } from "./result-of.ts";
import { spendOf } from "./spend-of.ts";

type ResultFactsProps = {
  readonly split: OutcomeSplit;
  readonly result: UsageResult;
  readonly money: MoneyMetric;
  /** Stands in the place of the figures where there are none. */
  readonly nothing: ReactNode;
};

/** What one result cost, how long it took and in how many attempts; one line of a grid of four columns. */
export function ResultFacts({ split, result, money, nothing }: ResultFactsProps) {
  const text = useText();
  const format = useFormat();
  const { outcomes } = text.usageLists;
  const { count, each } = resultOf(split, result);
  const words = outcomes.results[result];
  return (
    <dl className="col-span-full grid grid-cols-subgrid items-baseline gap-y-3">
      <Fact label={words.each} isWide={each === null}>
        {each === null ? (
          <span className="text-13 font-normal text-faint">{nothing}</span>
        ) : (
          <Money usd={spendOf(each, money)} />
        )}
      </Fact>
      {each !== null && (
        <>
          <Fact label={text.usageLists.time}>
            <Duration durationMs={each.runTimeMs} />
          </Fact>
          <Fact label={outcomes.attempts}>
            <span className="figures">{format.number(each.attempts)}</span>
          </Fact>
          <Fact label={words.count}>
            <span className="figures">{format.number(count)}</span>
          </Fact>
        </>
      )}
    </dl>
  );
}

type FactProps = {
  readonly label: string;
  readonly isWide?: boolean;
  readonly children: ReactNode;
};

function Fact({ label, isWide = false, children }: FactProps) {
  return (
    <div className={`flex flex-col gap-0.5 ${isWide ? "col-span-full" : ""}`}>
      <dt className="text-12 text-faint">{label}</dt>
      <dd className="text-20 font-semibold leading-tight">{children}</dd>
    </div>
  );
}
