import { useMemo } from "react";
import type { Bar, BarSeries } from "../../charts/bars/bar-types.ts";
import { StackedBars } from "../../charts/stacked-bars.tsx";
import { toggled } from "../../issues/toggled.ts";
import { useFormat } from "../../i18n/use-format.ts";
import { useText } from "../../i18n/use-text.ts";
import type { UsageView } from "../usage-view.ts";
import { barLabels } from "./bar-labels.ts";
import { TrendEmpty } from "./trend-empty.tsx";
import { largestOf, trendUnit } from "./trend-units.ts";
import type { TrendData } from "./use-trend.ts";

type TrendChartProps = {
  readonly trend: TrendData;
  readonly look: readonly BarSeries[];
  readonly label: string;
  readonly view: UsageView;
};

const chartHeight = 260;

/** The trend as stacked bars. Each bar, and each part of it, opens the tasks behind it. */
export function TrendChart({ trend, look, label, view }: TrendChartProps) {
  const text = useText();
  const format = useFormat();
  const { stacked, metric, barWidth, question } = trend;
  const { tz } = view.question;
  const drawn = useMemo(() => {
    const plain = stacked.bars.map(
      (bar): Bar => ({
        id: bar.startsAt,
        ...barLabels(bar, barWidth, { format, text, tz }),
        values: Object.fromEntries(
          Object.entries(bar.figures).map(([id, figure]) => [id, Number(figure ?? 0)]),
        ),
        partial: bar.partial,
      }),
    );
    const unit = trendUnit(metric, largestOf(plain), text);
    const bars = unit.size === 1 ? plain : plain.map((bar) => inUnit(bar, unit.size));
    return { bars, unit };
  }, [stacked, barWidth, metric, format, text, tz]);
  const open = (bar: Bar, seriesId: string | null) => {
    const time = stacked.bars.find(({ startsAt }) => startsAt === bar.id);
    const series = stacked.series.find(({ id }) => id === seriesId);
    if (time === undefined) return;
    const of =
      question.by === null || series === undefined || series.kind === "other"
        ? []
        : [{ by: question.by, kind: series.kind, value: series.value }];
    view.drill({
      measure: view.search.measure ?? "tokens",
      from: time.startsAt,
      to: time.endsAt,
      of: of as never,
    });
  };
  return (
    <StackedBars
      label={label}
      unit={drawn.unit.label}
      series={look}
      bars={drawn.bars}
      height={chartHeight}
      formatValue={drawn.unit.formatValue}
      formatTick={drawn.unit.formatTick}
      hidden={view.search.hide ?? []}
      onToggle={(id) => view.change({ hide: toggled(view.search.hide, id) })}
      pick={{ hint: text.usage.dashboard.pickHint, open }}
      empty={<TrendEmpty trend={trend} view={view} />}
    />
  );
}

function inUnit(bar: Bar, size: number): Bar {
  return {
    ...bar,
    values: Object.fromEntries(Object.entries(bar.values).map(([id, value]) => [id, value / size])),
  };
}
