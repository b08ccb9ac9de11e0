import type { UsageFigures } from "@headcount/contract/usage/query-schemas";
import { QueryError } from "../../data/query-error.tsx";
import { useText } from "../../i18n/use-text.ts";
import { Segmented } from "../../ui/segmented.tsx";
import { Skeleton } from "../../ui/skeleton.tsx";
import { UntilAnswered } from "../until-answered.tsx";
import type { UsageView } from "../usage-view.ts";
import { HeatGrid } from "./heat-grid.tsx";
import { useHeat } from "./use-heat.ts";

type HeatMapProps = { readonly view: UsageView; readonly nowMs: number };

/** The days of the last half year, the darker the more; a day opens as the page's period. */
export function HeatMap({ view, nowMs }: HeatMapProps) {
  const text = useText();
  const words = text.usage.dashboard;
  const { span, reply, days } = useHeat(view.question, nowMs);
  const measure = view.search.heat ?? "tokens";
  const figureOf = (figures: UsageFigures | undefined) =>
    measure === "tokens" ? (figures?.tokens ?? 0) : (figures?.cost ?? 0);
  return (
    <section aria-label={words.heatTitle} className="flex flex-col gap-3">
      <div className="flex flex-wrap items-center gap-2">
        <h2 className="text-14 font-semibold">{words.heatTitle}</h2>
        <span className="ms-auto">
          <Segmented
            label={words.heatMeasure}
            value={measure}
            onChange={(next) => view.change({ heat: next })}
            options={[
              { value: "tokens", label: text.usage.tokens },
              { value: "cost", label: text.usage.cost },
            ]}
          />
        </span>
      </div>
      {reply.isPending && <Skeleton className="h-50 w-full" />}
      {reply.isError && reply.data === undefined && (
        <QueryError error={reply.error} onRetry={() => void reply.refetch()} />
      )}
      {reply.data !== undefined && (
        <UntilAnswered reply={reply}>
          <HeatGrid
            span={span}
            measure={measure}
            valueOf={(day) => figureOf(days.get(day))}
            selected={view.search.from === view.search.to ? view.search.from : undefined}
            onOpen={(day) =>
              view.change({ from: day, to: day, days: undefined, bucket: undefined })
            }
          />
        </UntilAnswered>
      )}
    </section>
  );
}
