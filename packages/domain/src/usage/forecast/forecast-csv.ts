import type { MoneyForecast, UsageForecastReply } from "@headcount/contract/usage/forecast-schemas";
import { type CsvCell, csvText } from "../query/csv-text.ts";

const kinds = ["billed", "notional"] as const;

/** A line per day of the month and kind of money: what it came to, and the sum to its end as projected. */
export function forecastCsv(reply: UsageForecastReply): string {
  const titles = ["money", "date", "spent", "projected_to_date", "low", "high"];
  return csvText(
    titles,
    kinds.flatMap((kind) => linesOf(kind, reply[kind])),
  );
}

function linesOf(kind: string, { days }: MoneyForecast): readonly (readonly CsvCell[])[] {
  return days.map(({ date, spentUsd, projected }) => [
    { text: kind },
    { text: date },
    { figure: spentUsd },
    { figure: projected?.usd ?? null },
    { figure: projected?.lowUsd ?? null },
    { figure: projected?.highUsd ?? null },
  ]);
}
