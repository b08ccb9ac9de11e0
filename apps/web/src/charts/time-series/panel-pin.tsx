import { X } from "lucide-react";
import { useStore } from "zustand";
import { useText } from "../../i18n/use-text.ts";
import { IconButton } from "../../ui/icon-button.tsx";
import type { ChartController } from "./chart-controller.ts";
import type { TimeSeriesPanel } from "./chart-types.ts";
import { leadingValue, readPoint } from "./read-point.ts";
import { signedChange } from "./signed-change.ts";
import type { TimeFormat } from "./time-format.ts";

type PanelPinProps = {
  readonly panel: TimeSeriesPanel;
  readonly chart: ChartController;
  readonly times: TimeFormat;
};

/** What the pinned bucket holds, and how far the cursor is from it. */
export function PanelPin({ panel, chart, times }: PanelPinProps) {
  const text = useText();
  const pin = useStore(chart.store, (state) => state.pin);
  const cursor = useStore(chart.store, (state) => state.cursor);
  if (pin === null) return null;
  const pinned = readPoint(panel, pin.atMs);
  const value = pinned && leadingValue(pinned);
  const pointed = cursor === null ? null : readPoint(panel, cursor.atMs);
  const now = pointed && leadingValue(pointed);
  const time = times.stretch(pin.bucket);
  const figure = value === null ? "–" : panel.formatValue(value);
  const change =
    value === null || now === null || cursor?.atMs === pin.atMs
      ? null
      : signedChange(value, now, panel.formatValue);
  return (
    <p className="figures flex items-center gap-2 text-12 text-accent-ink">
      <span aria-hidden="true" className="size-1.5 shrink-0 rotate-45 bg-accent" />
      {text.charts.pinned({ time, figure })}
      {change !== null && <span className="text-muted">{text.charts.sincePin({ change })}</span>}
      {pin.panelId === panel.id && (
        <IconButton label={text.charts.unpin} size="small" className="-my-1" onClick={chart.unpin}>
          <X size={14} strokeWidth={1.5} />
        </IconButton>
      )}
    </p>
  );
}
