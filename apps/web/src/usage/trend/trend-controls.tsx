import { barWidthOf, barWidthsFor } from "@headcount/domain/usage/chart/bar-widths";
import { useText } from "../../i18n/use-text.ts";
import { Segmented } from "../../ui/segmented.tsx";
import type { AskedRange } from "../use-range.ts";
import { usageMeasures } from "../usage-search.ts";
import type { UsageView } from "../usage-view.ts";
import { stackOf, stacksFor } from "./trend-question.ts";
import type { TrendData } from "./use-trend.ts";

type TrendControlsProps = {
  readonly view: UsageView;
  readonly range: AskedRange;
  readonly trend: TrendData | undefined;
};

/** What is drawn, by what, and how finely. What suits neither measure nor period is not offered. */
export function TrendControls({ view: { search, change }, range, trend }: TrendControlsProps) {
  const text = useText();
  const words = text.usage.dashboard;
  const measure = search.measure ?? "tokens";
  const widths = barWidthsFor(range);
  const hasNotional = Number(trend?.totals.notional ?? 0) > 0 || search.money === "notional";
  return (
    <div className="flex flex-wrap items-center gap-2">
      <Segmented
        label={text.usage.measure}
        value={measure}
        onChange={(next) => change({ measure: next })}
        options={usageMeasures.map((value) => ({ value, label: words.measures[value] }))}
      />
      {measure === "cost" && hasNotional && (
        <Segmented
          label={words.money}
          value={search.money ?? "billed"}
          onChange={(next) => change({ money: next, hide: undefined })}
          options={[
            { value: "billed", label: words.billedShort },
            { value: "notional", label: words.notionalShort },
          ]}
        />
      )}
      <span className="ms-auto flex flex-wrap items-center gap-2 max-tablet:ms-0">
        <Segmented
          label={words.stackedBy}
          value={stackOf(search, measure)}
          onChange={(next) => change({ stack: next, hide: undefined })}
          options={stacksFor(measure).map((value) => ({
            value,
            label: value === "kind" ? words.kindOf[measure] : words.stacks[value],
          }))}
        />
        {widths.length > 1 && (
          <Segmented
            label={words.barWidth}
            value={trend?.barWidth ?? barWidthOf(range, search.bucket)}
            onChange={(next) => change({ bucket: next })}
            options={widths.map((value) => ({ value, label: words.barWidths[value] }))}
          />
        )}
      </span>
    </div>
  );
}
