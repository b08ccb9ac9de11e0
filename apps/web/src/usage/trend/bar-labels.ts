import type { BarWidth } from "@headcount/domain/usage/chart/bar-widths";
import type { UsageBar } from "@headcount/domain/usage/chart/series-of";
import type { Catalogue } from "../../i18n/catalogue.ts";
import type { Format } from "../../i18n/format.ts";
import { clockIn, dateOf, localDate } from "../zone-dates.ts";

type Words = {
  readonly format: Format;
  readonly text: Catalogue;
  readonly tz: string;
};

/** Below a bar and in its readout: days by the calendar of the zone, hours by its clock. */
export function barLabels(
  bar: Pick<UsageBar, "label" | "startsAt" | "endsAt">,
  width: BarWidth,
  { format, text, tz }: Words,
): { readonly label: string; readonly title: string } {
  const startMs = Date.parse(bar.startsAt);
  const endMs = Date.parse(bar.endsAt);
  if (width === "hour") {
    const [day = "", clock = ""] = bar.label.split(" ");
    const date = localDate(day);
    const span = { from: clock, to: clockIn(tz, endMs) };
    return {
      label: clock === "00:00" ? format.dayAndMonth(date) : clock,
      title: `${format.date(date)}, ${text.usage.dashboard.span(span)}`,
    };
  }
  const first = dateOf(tz, startMs);
  if (width === "day") return { label: format.dayAndMonth(first), title: format.date(first) };
  const span = { from: format.dayAndMonth(first), to: format.date(dateOf(tz, endMs - 1)) };
  return { label: format.dayAndMonth(first), title: text.usage.dashboard.span(span) };
}
