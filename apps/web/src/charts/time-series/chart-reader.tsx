import { useDeferredValue } from "react";
import { useStore } from "zustand";
import type { Catalogue } from "../../i18n/catalogue.ts";
import { useFormat } from "../../i18n/use-format.ts";
import { useText } from "../../i18n/use-text.ts";
import type { ChartState, ChartStore } from "./chart-store.ts";
import type { TimeSeriesPanel } from "./chart-types.ts";
import { addsUp, readPoint } from "./read-point.ts";
import type { TimeFormat } from "./time-format.ts";

type ChartReaderProps = {
  readonly panels: readonly TimeSeriesPanel[];
  readonly store: ChartStore;
  readonly times: TimeFormat;
};

/** Says what keys and hands do: the bucket under the cursor, a selection, the range that is shown. */
export function ChartReader({ panels, store, times }: ChartReaderProps) {
  const text = useText();
  const format = useFormat();
  const state = useDeferredValue(useStore(store));
  return (
    <p role="status" className="sr-only">
      {sentence(state)}
    </p>
  );

  function sentence({ brush, cursor, shown, gesture }: ChartState): string {
    if (gesture !== "none") return "";
    if (brush !== null) {
      const [fromMs, toMs] = [brush.anchorMs, brush.headMs].toSorted((a, b) => a - b);
      return text.charts.selected(edges(fromMs ?? 0, toMs ?? 0));
    }
    const panel = panels.find(({ id }) => id === cursor?.panelId);
    if (cursor === null || panel === undefined)
      return text.charts.shown(edges(shown.fromMs, shown.toMs));
    return `${times.stretch(cursor.bucket)}. ${format.list(figuresAt(panel, cursor.atMs, text))}`;
  }

  function edges(fromMs: number, toMs: number): { from: string; to: string } {
    const widthMs = (toMs - fromMs) / 100;
    return { from: times.instant(fromMs, widthMs), to: times.instant(toMs, widthMs) };
  }
}

/** Every figure of a panel at an instant, with its name. */
function figuresAt(panel: TimeSeriesPanel, atMs: number, text: Catalogue): readonly string[] {
  const reading = readPoint(panel, atMs);
  if (reading === null) return [text.charts.noValue];
  const exact = panel.formatExact ?? panel.formatValue;
  const figure = (value: number | null): string =>
    value === null ? text.charts.noValue : exact(value);
  const said = panel.series.map(({ label }, index) =>
    text.charts.value({ label, figure: figure(reading.values[index] ?? null) }),
  );
  if (addsUp(panel))
    said.push(text.charts.value({ label: text.charts.total, figure: figure(reading.total) }));
  return reading.isPartial ? [...said, text.charts.partial] : said;
}
