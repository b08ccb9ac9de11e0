import type { OutputOf } from "@headcount/contract/kit/route";
import type { usage } from "@headcount/contract/usage/routes";
import type { Bar, BarSeries } from "../charts/bars/bar-types.ts";
import { StackedBars } from "../charts/stacked-bars.tsx";
import type { Catalogue } from "../i18n/catalogue.ts";
import { useFormat } from "../i18n/use-format.ts";
import { useText } from "../i18n/use-text.ts";
import { formatMoney } from "../ui/format-money.ts";
import { formatTokens } from "../ui/format-tokens.ts";

export type DailyUsage = OutputOf<typeof usage.daily>;
export type UsageMeasure = "tokens" | "cost";

type DailyChartProps = {
  readonly days: DailyUsage["days"];
  readonly measure: UsageMeasure;
  readonly height?: number;
};

/** Tokens by class, or cost, for each day; the last day is still being filled. */
export function DailyChart({ days, measure, height = 220 }: DailyChartProps) {
  const text = useText();
  const format = useFormat();
  const bars = days.map((day, index): Bar => {
    const at = new Date(`${day.date}T00:00:00`);
    return {
      id: day.date,
      label: format.dayAndMonth(at),
      title: format.date(at),
      values: measure === "tokens" ? tokenValues(day) : costValues(day),
      partial: index === days.length - 1,
    };
  });
  return (
    <StackedBars
      label={measure === "tokens" ? text.usage.tokensPerDay : text.usage.costPerDay}
      unit={measure === "tokens" ? text.usage.unitTokens : text.usage.unitCost}
      series={measure === "tokens" ? tokenSeries(text) : costSeries(text)}
      bars={bars}
      height={height}
      formatValue={(value) =>
        measure === "tokens" ? formatTokens(Math.round(value)) : formatMoney(value)
      }
    />
  );
}

function tokenSeries(text: Catalogue): readonly BarSeries[] {
  return [
    { id: "cacheRead", label: text.usage.cacheRead, colour: "var(--series-5)" },
    { id: "cacheWrite", label: text.usage.cacheWrite, colour: "var(--series-1)" },
    { id: "input", label: text.usage.input, colour: "var(--series-3)" },
    { id: "output", label: text.usage.output, colour: "var(--series-2)" },
  ];
}

function costSeries(text: Catalogue): readonly BarSeries[] {
  return [{ id: "cost", label: text.usage.cost, colour: "var(--series-3)" }];
}

function tokenValues({
  usage: used,
}: DailyUsage["days"][number]): Readonly<Record<string, number>> {
  const { input, cacheRead, cacheWrite5m, cacheWrite1h, output } = used.tokens;
  return {
    input: Number(input),
    cacheRead: Number(cacheRead),
    cacheWrite: Number(cacheWrite5m) + Number(cacheWrite1h),
    output: Number(output),
  };
}

function costValues({ usage: used }: DailyUsage["days"][number]): Readonly<Record<string, number>> {
  return { cost: Number(used.costUsd ?? 0) };
}
