import { ChevronLeft, ChevronRight, RotateCcw, ZoomIn, ZoomOut } from "lucide-react";
import type { ReactNode } from "react";
import { useStore } from "zustand";
import { useText } from "../../i18n/use-text.ts";
import { Button } from "../../ui/button.tsx";
import { IconButton } from "../../ui/icon-button.tsx";
import { LiveDot } from "../../ui/live-dot.tsx";
import { Segmented } from "../../ui/segmented.tsx";
import type { ChartController } from "./chart-controller.ts";
import type { ComparisonChoice, TimeSeriesChartProps } from "./chart-types.ts";
import { zoomStep } from "./handle-key.ts";
import type { TimeFormat } from "./time-format.ts";

type ChartToolbarProps = Pick<
  TimeSeriesChartProps,
  "canReset" | "live" | "comparison" | "asOfMs"
> & {
  readonly chart: ChartController;
  readonly times: TimeFormat;
};

const panShare = 0.5;

/** What is shown, whether it moves by itself, and everything that gestures do as buttons. */
export function ChartToolbar({
  chart,
  times,
  canReset,
  live,
  comparison,
  asOfMs = null,
}: ChartToolbarProps) {
  const text = useText();
  const shown = useStore(chart.store, (state) => state.shown);
  const widthMs = shown.toMs - shown.fromMs;
  return (
    <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
      <span data-shown="" className="figures text-12 text-muted">
        {times.stretch(shown)}
      </span>
      {asOfMs !== null && (
        <span className="figures text-12 text-faint max-tablet:hidden">
          {text.common.asOf({ time: times.instant(asOfMs, widthMs / 100) })}
        </span>
      )}
      <span className="ms-auto flex flex-wrap items-center gap-2">
        {live !== undefined && <LiveState live={live} />}
        {comparison !== undefined && (
          <Segmented<ComparisonChoice>
            label={text.charts.compare}
            value={comparison.value}
            options={[
              { value: "none", label: text.charts.compareNone },
              { value: "previous", label: text.charts.comparePrevious },
              { value: "weekday", label: text.charts.compareWeekday },
            ]}
            onChange={comparison.onChange}
          />
        )}
        <span className="flex items-center">
          <Tool label={text.charts.earlier} onClick={() => chart.pan(-panShare)}>
            <ChevronLeft size={16} strokeWidth={1.5} />
          </Tool>
          <Tool label={text.charts.zoomOut} shortcut="−" onClick={() => chart.zoom(1 / zoomStep)}>
            <ZoomOut size={16} strokeWidth={1.5} />
          </Tool>
          <Tool label={text.charts.zoomIn} shortcut="+" onClick={() => chart.zoom(zoomStep)}>
            <ZoomIn size={16} strokeWidth={1.5} />
          </Tool>
          <Tool label={text.charts.later} onClick={() => chart.pan(panShare)}>
            <ChevronRight size={16} strokeWidth={1.5} />
          </Tool>
          <Tool label={text.charts.reset} shortcut="0" disabled={!canReset} onClick={chart.reset}>
            <RotateCcw size={16} strokeWidth={1.5} />
          </Tool>
        </span>
      </span>
    </div>
  );
}

type ToolProps = {
  readonly label: string;
  readonly shortcut?: string;
  readonly disabled?: boolean;
  readonly onClick: () => void;
  readonly children: ReactNode;
};

function Tool({ label, shortcut, disabled = false, onClick, children }: ToolProps) {
  return (
    <IconButton
      label={label}
      shortcut={shortcut === undefined ? undefined : [shortcut]}
      disabled={disabled}
      onClick={onClick}
    >
      {children}
    </IconButton>
  );
}

function LiveState({ live }: { readonly live: NonNullable<ChartToolbarProps["live"]> }) {
  const text = useText();
  if (live.state === "following") {
    return (
      <span className="flex items-center gap-1.5 text-12 text-muted">
        <LiveDot />
        {text.charts.followingNow}
      </span>
    );
  }
  return (
    <span className="flex items-center gap-2 text-12 text-waiting-ink">
      <svg aria-hidden="true" width="8" height="10">
        <path d="M1.500 1v8M6.500 1v8" stroke="currentColor" strokeWidth="2" />
      </svg>
      {text.charts.paused}
      <Button size="small" onClick={live.onResume}>
        {text.charts.resume}
      </Button>
    </span>
  );
}
