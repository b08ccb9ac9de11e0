import type { PreviousPeriod } from "@headcount/domain/usage/chart/previous-period";
import { useFormat } from "../../i18n/use-format.ts";
import { useText } from "../../i18n/use-text.ts";
import { clockIn, dateOf } from "../zone-dates.ts";

type ComparedWithProps = {
  readonly period: PreviousPeriod;
  readonly tz: string;
  /** Whether anything was used then. */
  readonly found: "something" | "nothing";
};

/** Says what the changes are measured against: as much of the period before as has passed of this one. */
export function ComparedWith({ period, tz, found }: ComparedWithProps) {
  const text = useText();
  const format = useFormat();
  const from = format.date(dateOf(tz, period.fromMs));
  const to = format.date(dateOf(tz, period.toMs - 1));
  const words = text.usage.dashboard;
  const span = from === to ? from : words.span({ from, to });
  if (found === "nothing") {
    return <p className="text-12 text-faint">{words.nothingBefore({ span })}</p>;
  }
  return (
    <p className="text-12 text-faint">
      {period.isPart
        ? words.comparedUntil({ span, time: clockIn(tz, period.toMs) })
        : words.compared({ span })}
    </p>
  );
}
