import type { MoneyForecast } from "@headcount/contract/usage/forecast-schemas";
import type { ReactNode } from "react";
import { useFormat } from "../../i18n/use-format.ts";
import { useText } from "../../i18n/use-text.ts";
import { formatMoney } from "../../ui/format-money.ts";
import { Money } from "../../ui/money.tsx";
import { localDate } from "../zone-dates.ts";

/** So far, by the end of the month with its range, and how far off such words have been. */
export function ForecastFacts({ forecast }: { readonly forecast: MoneyForecast }) {
  const { usageForecast: words } = useText();
  const format = useFormat();
  const { projected, spentUsd, backTest, days } = forecast;
  const last = format.dayAndMonth(localDate(days.at(-1)?.date ?? ""));
  const error = backTest?.medianErrorPercent ?? null;
  return (
    <dl className="flex flex-wrap items-start gap-x-10 gap-y-3">
      <Fact label={words.soFar}>
        <Money usd={spentUsd} />
      </Fact>
      {projected !== null && (
        <Fact
          label={words.byEnd({ date: last })}
          note={words.range({
            low: formatMoney(projected.lowUsd),
            high: formatMoney(projected.highUsd),
          })}
          hint={words.rangeHint}
        >
          <Money usd={projected.usd} />
        </Fact>
      )}
      {backTest !== null && error !== null && (
        <Fact
          label={words.offBefore({ count: backTest.checks.length })}
          note={words.inside({ inside: backTest.inside, count: backTest.checks.length })}
          hint={words.offHint}
        >
          <span className="figures">{format.percent(error / 100)}</span>
        </Fact>
      )}
      {projected !== null && backTest === null && (
        <p className="max-w-60 self-center text-12 text-faint">{words.unchecked}</p>
      )}
    </dl>
  );
}

type FactProps = {
  readonly label: string;
  readonly note?: string;
  readonly hint?: string;
  readonly children: ReactNode;
};

function Fact({ label, note, hint, children }: FactProps) {
  return (
    <div className="flex flex-col gap-0.5" title={hint}>
      <dt className="text-12 text-faint">{label}</dt>
      <dd className="text-20 font-semibold leading-tight">{children}</dd>
      {note !== undefined && <dd className="figures text-12 text-muted">{note}</dd>}
    </div>
  );
}
