import type { UsageFigure } from "@headcount/contract/usage/query-schemas";
import type { UsageMetric } from "@headcount/contract/usage/query-words";
import type { Catalogue } from "../i18n/catalogue.ts";
import { useFormat } from "../i18n/use-format.ts";
import { Duration } from "../ui/duration.tsx";
import { formatDuration } from "../ui/format-duration.ts";
import { formatMoney } from "../ui/format-money.ts";
import { formatTokens } from "../ui/format-tokens.ts";
import { Money } from "../ui/money.tsx";
import { Tokens } from "../ui/tokens.tsx";

type FigureOfProps = {
  readonly metric: UsageMetric;
  readonly figure: UsageFigure;
  readonly className?: string;
};

/** A figure of the books in the form that its metric has everywhere. */
export function FigureOf({ metric, figure, className = "" }: FigureOfProps) {
  const format = useFormat();
  switch (formOf(metric)) {
    case "money":
      return <Money usd={figure === null ? null : String(figure)} className={className} />;
    case "time":
      return <Duration durationMs={Number(figure ?? 0)} className={className} />;
    case "tokens":
      return <Tokens count={figure ?? 0} className={className} />;
    case "count":
      return <span className={`figures ${className}`}>{format.number(Number(figure ?? 0))}</span>;
  }
}

/** The same as a text, for titles and charts. */
export function figureText(
  metric: UsageMetric,
  figure: number | string,
  figures: Catalogue["figures"],
): string {
  switch (formOf(metric)) {
    case "money":
      return formatMoney(figure);
    case "time":
      return formatDuration(Number(figure), figures);
    case "tokens":
      return formatTokens(typeof figure === "number" ? Math.round(figure) : figure);
    case "count":
      return String(figure);
  }
}

type FigureForm = "money" | "time" | "tokens" | "count";

function formOf(metric: UsageMetric): FigureForm {
  if (metric === "cost" || metric === "notional" || metric === "cache_savings") return "money";
  if (metric.endsWith("_time")) return "time";
  return metric.startsWith("tasks") || countMetrics.has(metric) ? "count" : "tokens";
}

const countMetrics: ReadonlySet<UsageMetric> = new Set([
  "failures",
  "events",
  "active_agents",
  "files_changed",
]);
