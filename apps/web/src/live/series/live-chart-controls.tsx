import type { LiveSeriesReply } from "@headcount/contract/live/series-schemas";
import { liveCsv } from "@headcount/domain/live/live-csv";
import { Download } from "lucide-react";
import { useText } from "../../i18n/use-text.ts";
import { IconButton } from "../../ui/icon-button.tsx";
import { saveCsv } from "../../ui/save-csv.ts";
import { Segmented } from "../../ui/segmented.tsx";
import { livePanels, liveSpans, type LiveView } from "../live-search.ts";
import { defaultSpan, fixedRange } from "../use-live-range.ts";

type LiveChartControlsProps = {
  readonly view: LiveView;
  readonly reply: LiveSeriesReply | undefined;
};

/** How much time is shown, what the lowest panel shows, picture or table, and the figures as a file. */
export function LiveChartControls({ view, reply }: LiveChartControlsProps) {
  const text = useText();
  const { search, change } = view;
  const isFixed = fixedRange(search) !== null;
  const span = isFixed ? "" : (search.span ?? defaultSpan);
  return (
    <div className="flex flex-wrap items-center gap-2">
      <h2 className="me-auto text-14 font-semibold">{text.live.seriesTitle}</h2>
      <Segmented<string>
        label={text.live.span}
        value={span}
        options={liveSpans.map((value) => ({
          value,
          label: text.live.spans[value],
          title: text.live.spanTitles[value],
        }))}
        onChange={(next) =>
          change({
            span: liveSpans.find((one) => one === next && one !== defaultSpan),
            from: undefined,
            to: undefined,
          })
        }
      />
      <Segmented
        label={text.live.lowestPanel}
        value={search.panel ?? "agents"}
        options={livePanels.map((value) => ({ value, label: text.live.panels[value] }))}
        onChange={(next) => change({ panel: next === "agents" ? undefined : next })}
      />
      <Segmented
        label={text.usage.view}
        value={search.view ?? "chart"}
        options={[
          { value: "chart", label: text.usage.chart },
          { value: "table", label: text.usage.table },
        ]}
        onChange={(next) => change({ view: next === "chart" ? undefined : next })}
      />
      <IconButton
        label={text.live.csv}
        disabled={reply === undefined}
        onClick={() => reply && saveCsv(fileNameOf(reply), liveCsv(reply))}
      >
        <Download size={16} />
      </IconButton>
    </div>
  );
}

/** `live 2026-11-21 14.00 – 2026-11-21 15.00.csv`, in UTC as the rows are. */
function fileNameOf({ from, to }: LiveSeriesReply): string {
  const plain = (instant: string): string =>
    instant.slice(0, 16).replace("T", " ").replace(":", ".");
  return `live ${plain(from)} – ${plain(to)}.csv`;
}
