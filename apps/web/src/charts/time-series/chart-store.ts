import type { TimeRange } from "@headcount/domain/usage/query/cut-time";
import { createStore, type StoreApi } from "zustand/vanilla";

/** A place in time that somebody points at, and the bucket of the panel it was pointed at in. */
export type ChartPoint = {
  readonly panelId: string;
  /** Where the marker stands. */
  readonly atMs: number;
  readonly bucket: TimeRange;
};

/** A stretch that is being selected; the anchor stays where the selection began. */
export type ChartBrush = {
  readonly panelId: string;
  readonly anchorMs: number;
  readonly headMs: number;
};

/** What all panels of a chart share while hands are on it. */
export type ChartState = {
  /** What is drawn; differs from the caller's range only during a gesture. */
  readonly shown: TimeRange;
  readonly cursor: ChartPoint | null;
  readonly brush: ChartBrush | null;
  readonly pin: ChartPoint | null;
  readonly gesture: "none" | "brush" | "pan" | "pinch" | "wheel";
  /** Values at the lower and upper edge of each plot as it is painted, by panel. */
  readonly scales: Readonly<Record<string, ValueEdges>>;
  /** Instant of the annotation that is looked at. */
  readonly annotationMs: number | null;
};

export type ValueEdges = { readonly bottom: number; readonly top: number };

export type ChartStore = StoreApi<ChartState>;

export function createChartStore(shown: TimeRange): ChartStore {
  return createStore(() => ({
    shown,
    cursor: null,
    brush: null,
    pin: null,
    gesture: "none",
    scales: {},
    annotationMs: null,
  }));
}

/** Tells what stands over a plot where its values are. */
export function noteScale(store: ChartStore, panelId: string, edges: ValueEdges): void {
  const { scales } = store.getState();
  const known = scales[panelId];
  if (known?.bottom === edges.bottom && known.top === edges.top) return;
  store.setState({ scales: { ...scales, [panelId]: edges } });
}
