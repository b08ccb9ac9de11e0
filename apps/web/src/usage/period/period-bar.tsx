import { useText } from "../../i18n/use-text.ts";
import { Segmented } from "../../ui/segmented.tsx";
import { defaultDays } from "../to-question.ts";
import { usagePeriods } from "../usage-search.ts";
import type { UsageView } from "../usage-view.ts";
import type { AskedRange } from "../use-range.ts";
import { CustomRange } from "./custom-range.tsx";

type PeriodBarProps = {
  readonly view: Pick<UsageView, "search" | "change">;
  readonly tz: string;
  readonly range: AskedRange;
};

/** The period of the page: the last so many days, or any others. */
export function PeriodBar({ view: { search, change }, tz, range }: PeriodBarProps) {
  const text = useText();
  const isCustom = search.from !== undefined;
  return (
    <>
      <Segmented
        label={text.usage.period}
        value={isCustom ? "" : String(search.days ?? defaultDays)}
        options={usagePeriods.map((days) => ({
          value: String(days),
          label: text.usage.dashboard.daysShort({ count: days }),
          title: text.usage.days({ count: days }),
        }))}
        onChange={(next) =>
          change({
            days: usagePeriods.find((days) => String(days) === next),
            from: undefined,
            to: undefined,
            tz: undefined,
            bucket: undefined,
          })
        }
      />
      <CustomRange
        range={range}
        tz={tz}
        isInForce={isCustom}
        onChange={(from, to) => change({ from, to, days: undefined, bucket: undefined })}
      />
    </>
  );
}
