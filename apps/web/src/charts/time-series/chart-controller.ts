import { bucketRange, countBefore } from "@headcount/domain/charts/find-bucket";
import { panRange, rangeBetween, zoomRange } from "@headcount/domain/charts/move-range";
import type { TimeRange } from "@headcount/domain/usage/query/cut-time";
import type { ChartPoint, ChartState, ChartStore } from "./chart-store.ts";
import type { TimeSeriesChartProps, TimeSeriesPanel } from "./chart-types.ts";
import { indexAt } from "./read-point.ts";

type Given = Pick<
  TimeSeriesChartProps,
  "panels" | "bounds" | "onRangeChange" | "onReset" | "onSelect"
>;

/** Everything that can be done to a chart, whether by mouse, finger or key. */
export type ChartController = ReturnType<typeof makeController>;

/** Works with the props that were received last, so that a running gesture never uses old ones. */
export function makeController(store: ChartStore, first: Given) {
  let latest = first;
  const given = (): Given => latest;
  const panelOf = (panelId: string): TimeSeriesPanel | undefined =>
    given().panels.find(({ id }) => id === panelId);

  const pointAt = (panelId: string, index: number): ChartPoint | null => {
    const panel = panelOf(panelId);
    const bucket = panel && bucketRange(panel.timesMs, panel.endsAtMs, index);
    if (!panel || !bucket) return null;
    return { panelId, bucket, atMs: markerOf(panel, bucket) };
  };

  const preview = (shown: TimeRange, gesture: ChartState["gesture"]): void =>
    store.setState({ shown, gesture });

  const commit = (range: TimeRange): void => {
    store.setState({ shown: range, brush: null, gesture: "none" });
    given().onRangeChange(range);
  };

  const hover = (panelId: string, atMs: number): void => {
    const panel = panelOf(panelId);
    if (!panel) return;
    const index = indexNear(panel, atMs);
    store.setState({ cursor: index === null ? null : pointAt(panelId, index) });
  };

  const pinAt = (point: ChartPoint | null): void => {
    const { pin } = store.getState();
    const isSame =
      point !== null && pin?.panelId === point.panelId && pin.bucket.fromMs === point.bucket.fromMs;
    const next = isSame ? null : point;
    store.setState({ pin: next });
    given().onSelect?.(next === null ? null : { panelId: next.panelId, range: next.bucket });
  };

  const reset = (): void => {
    if (store.getState().pin !== null) given().onSelect?.(null);
    store.setState({ brush: null, pin: null, gesture: "none" });
    given().onReset();
  };

  const zoomToBrush = (): void => {
    const { brush } = store.getState();
    if (brush === null) return;
    commit(rangeBetween(brush.anchorMs, brush.headMs, given().bounds));
  };

  /** Moves the cursor to a bucket; a range that does not hold it follows. */
  const moveTo = (point: ChartPoint | null): void => {
    if (point === null) return;
    const { shown } = store.getState();
    store.setState({ cursor: point });
    if (point.atMs < shown.fromMs)
      commit(panRange(shown, point.bucket.fromMs - shown.fromMs, given().bounds));
    if (point.atMs > shown.toMs)
      commit(panRange(shown, point.bucket.toMs - shown.toMs, given().bounds));
  };

  /** One bucket on from the cursor; without one, from the edge of what is shown. */
  const neighbour = (panelId: string, direction: 1 | -1): ChartPoint | null => {
    const panel = panelOf(panelId);
    if (!panel) return null;
    const { cursor, shown } = store.getState();
    if (cursor === null) return edgePoint(panelId, direction === 1 ? "first" : "last");
    const isShown = cursor.atMs >= shown.fromMs && cursor.atMs <= shown.toMs;
    const here = indexNear(panel, clamp(cursor.atMs, shown));
    const next = here === null ? null : pointAt(panelId, here + direction);
    return next ?? (isShown ? beyond(cursor, direction) : null);
  };

  /** A bucket that the page has not fetched yet, as wide as its neighbour; null where nothing is known. */
  const beyond = (point: ChartPoint, direction: 1 | -1): ChartPoint | null => {
    const byMs = direction * (point.bucket.toMs - point.bucket.fromMs);
    const bucket = { fromMs: point.bucket.fromMs + byMs, toMs: point.bucket.toMs + byMs };
    const { bounds } = given();
    if (bucket.fromMs < bounds.fromMs || bucket.toMs > bounds.toMs) return null;
    return { ...point, bucket, atMs: point.atMs + byMs };
  };

  /** The first or last bucket whose marker is in what is shown. */
  const edgePoint = (panelId: string, edge: "first" | "last"): ChartPoint | null => {
    const panel = panelOf(panelId);
    if (!panel || panel.timesMs.length === 0) return null;
    const { shown } = store.getState();
    const first = countBefore(panel.timesMs, shown.fromMs);
    const last = countBefore(panel.timesMs, shown.toMs) - 1;
    const most = panel.timesMs.length - 1;
    const point = pointAt(panelId, clampIndex(edge === "first" ? first : last, most));
    const isCut = edge === "last" && point !== null && point.atMs > shown.toMs;
    return isCut ? (pointAt(panelId, clampIndex(last - 1, most)) ?? point) : point;
  };

  const step = (panelId: string, direction: 1 | -1): void => {
    store.setState({ brush: null });
    moveTo(neighbour(panelId, direction));
  };

  const extend = (panelId: string, point: ChartPoint | null): void => {
    const { cursor, brush } = store.getState();
    if (point === null) return;
    const anchor = brush?.anchorMs ?? (cursor ?? point).atMs;
    moveTo(point);
    store.setState({ brush: { panelId, anchorMs: anchor, headMs: point.atMs } });
  };

  return {
    store,
    receive: (props: Given): void => {
      latest = props;
    },
    preview,
    commit,
    hover,
    leave: (): void => store.setState({ cursor: null }),
    brushTo: (panelId: string, anchorMs: number, headMs: number): void =>
      store.setState({ brush: { panelId, anchorMs, headMs }, gesture: "brush" }),
    dropGesture: (): void => store.setState({ brush: null, gesture: "none" }),
    zoomToBrush,
    zoom: (factor: number, aroundMs?: number): void => {
      const { shown, cursor } = store.getState();
      const middle = (shown.fromMs + shown.toMs) / 2;
      const around = aroundMs ?? (cursor === null ? middle : clamp(cursor.atMs, shown));
      commit(zoomRange(shown, { factor, aroundMs: around }, given().bounds));
    },
    /** Moves by a share of what is shown. */
    pan: (share: number): void => {
      const { shown } = store.getState();
      commit(panRange(shown, share * (shown.toMs - shown.fromMs), given().bounds));
    },
    bounds: (): TimeRange => given().bounds,
    step,
    stepToEdge: (panelId: string, edge: "first" | "last"): void => {
      store.setState({ brush: null });
      moveTo(edgePoint(panelId, edge));
    },
    extend: (panelId: string, direction: 1 | -1): void =>
      extend(panelId, neighbour(panelId, direction)),
    extendToEdge: (panelId: string, edge: "first" | "last"): void =>
      extend(panelId, edgePoint(panelId, edge)),
    pinCursor: (): void => pinAt(store.getState().cursor),
    pinNear: (panelId: string, atMs: number): void => {
      hover(panelId, atMs);
      pinAt(store.getState().cursor);
    },
    unpin: (): void => pinAt(null),
    reset,
    /** Takes back the latest thing: a selection, then a pin, then the range. */
    escape: (): void => {
      const { brush, pin } = store.getState();
      if (brush !== null) store.setState({ brush: null, gesture: "none" });
      else if (pin !== null) pinAt(null);
      else reset();
    },
  };
}

/** Where the value of a bucket is drawn: samples at their instant, sums in the middle of their time. */
export function markerOf(panel: TimeSeriesPanel, bucket: TimeRange): number {
  return panel.timing === "sample" ? bucket.fromMs : (bucket.fromMs + bucket.toMs) / 2;
}

/** Like the place of an instant, but outside of what is known the nearest edge. */
function indexNear(panel: TimeSeriesPanel, atMs: number): number | null {
  const { timesMs, endsAtMs } = panel;
  if (timesMs.length === 0) return null;
  return indexAt(panel, atMs) ?? (atMs >= endsAtMs ? timesMs.length - 1 : 0);
}

function clampIndex(index: number, most: number): number {
  return Math.min(Math.max(index, 0), most);
}

function clamp(atMs: number, range: TimeRange): number {
  return Math.min(Math.max(atMs, range.fromMs), range.toMs);
}
