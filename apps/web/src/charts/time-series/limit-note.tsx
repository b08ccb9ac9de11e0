import { useStore } from "zustand";
import { useText } from "../../i18n/use-text.ts";
import type { ChartStore } from "./chart-store.ts";
import type { TimeSeriesPanel } from "./chart-types.ts";

type LimitNoteProps = { readonly panel: TimeSeriesPanel; readonly store: ChartStore };

/** What the picture alone does not say of a limit: that it lies above, and what is expected. */
export function LimitNote({ panel, store }: LimitNoteProps) {
  const text = useText();
  const top = useStore(store, ({ scales }) => scales[panel.id]?.top);
  const { limit, formatValue } = panel;
  if (!limit) return null;
  const { projection, note } = limit;
  return (
    <>
      {top !== undefined && limit.value > top && (
        <li className="text-waiting-ink">{text.charts.limitAbove({ label: limit.label })}</li>
      )}
      {note !== undefined && <li className="text-faint">{note}</li>}
      {projection !== undefined && (
        <li className="figures">
          {text.charts.projected({
            figure: formatValue(projection.toValue),
            low: formatValue(projection.lowValue),
            high: formatValue(projection.highValue),
          })}
        </li>
      )}
    </>
  );
}
