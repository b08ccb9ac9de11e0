import type { StackedUsage } from "@headcount/domain/usage/chart/series-of";
import { stackedCsv } from "@headcount/domain/usage/chart/stacked-csv";
import { Download } from "lucide-react";
import { useText } from "../../i18n/use-text.ts";
import { IconButton } from "../../ui/icon-button.tsx";
import { saveCsv } from "../../ui/save-csv.ts";
import type { TrendData } from "./use-trend.ts";

type CsvButtonProps = {
  readonly trend: TrendData;
  /** What of it is switched on, with names. */
  readonly shown: StackedUsage;
  readonly fileName: string;
};

/** Hands out the table of exactly what is drawn, with figures as exact as the books hold them. */
export function CsvButton({ trend, shown, fileName }: CsvButtonProps) {
  const text = useText();
  const { metric, barWidth } = trend;
  const unit = unitOf(metric);
  const save = () => {
    const names = new Map(shown.series.map(({ id, label }) => [id, `${label} (${unit})`]));
    const csv = stackedCsv(shown, {
      bucket: barWidth,
      startsAt: "starts_at",
      total: `${text.usage.total} (${unit})`,
      series: (id) => names.get(id) ?? id,
    });
    saveCsv(fileName, csv);
  };
  return (
    <IconButton label={text.usage.dashboard.csv} onClick={save}>
      <Download size={16} />
    </IconButton>
  );
}

function unitOf(metric: TrendData["metric"]): string {
  if (metric === "cost" || metric === "notional") return "usd";
  if (metric.endsWith("_time")) return "ms";
  return metric === "failures" || metric.startsWith("tasks") ? "tasks" : "tokens";
}
