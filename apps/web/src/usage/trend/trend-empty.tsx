import { useText } from "../../i18n/use-text.ts";
import { Button } from "../../ui/button.tsx";
import { formatMoney } from "../../ui/format-money.ts";
import type { UsageView } from "../usage-view.ts";
import type { TrendData } from "./use-trend.ts";

type TrendEmptyProps = {
  readonly trend: TrendData;
  readonly view: Pick<UsageView, "search" | "change">;
};

/** Says of each measure what it means that there is nothing of it, and where there may be something. */
export function TrendEmpty({ trend, view: { search, change } }: TrendEmptyProps) {
  const text = useText();
  const words = text.usage.dashboard;
  const measure = search.measure ?? "tokens";
  const notional = Number(trend.totals.notional ?? 0);
  const isSubscribed = measure === "cost" && search.money !== "notional" && notional > 0;
  const isUnpriced = measure === "cost" && Number(trend.totals.unpriced_tokens ?? 0) > 0;
  return (
    <div className="flex max-w-90 flex-col items-center gap-2 text-center">
      <p className="font-medium text-ink">{words.emptyTitle[measure]}</p>
      <p className="text-12 text-muted">
        {isUnpriced && !isSubscribed ? words.emptyUnpriced : words.emptyHint[measure]}
      </p>
      {isSubscribed && (
        <Button size="small" onClick={() => change({ money: "notional" })}>
          {words.showNotional({ money: formatMoney(notional) })}
        </Button>
      )}
    </div>
  );
}
