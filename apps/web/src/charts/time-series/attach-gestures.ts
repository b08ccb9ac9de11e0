import { panRange, pinchRange, zoomRange } from "@headcount/domain/charts/move-range";
import type { TimeRange } from "@headcount/domain/usage/query/cut-time";
import type { ChartController } from "./chart-controller.ts";

/** Pixels that a hand may tremble without it being a drag. */
const dragSlopPx = 4;
/** From one lift to the next. */
const doubleTapMs = 350;
const doubleTapPx = 14;
/** A wheel has no end; this long without a notch is one. */
const wheelEndMs = 160;
const wheelZoomPerPixel = 0.0022;

type Pointer = { readonly startX: number; readonly startY: number; x: number };

type Drag =
  | { readonly kind: "press"; readonly pointerId: number }
  | { readonly kind: "brush"; readonly pointerId: number; readonly anchorMs: number }
  | { readonly kind: "pan"; readonly pointerId: number; readonly range: TimeRange }
  | { readonly kind: "pinch"; readonly range: TimeRange }
  /** A finger that stayed after a pinch. */
  | { readonly kind: "spent" };

/**
 * Mouse, touch and wheel on the plot of one panel. Drag selects and zooms; with Shift, the space bar
 * or the middle button it moves; two fingers move and zoom; the wheel zooms with Ctrl or while the
 * panel has the focus, sideways it moves; a click pins, a double one resets. Returns what takes it all away.
 */
export function attachGestures(
  plot: HTMLElement,
  panelId: string,
  chart: ChartController,
): () => void {
  const pointers = new Map<number, Pointer>();
  let drag: Drag | null = null;
  let spaceIsDown = false;
  let lastTap: { readonly atMs: number; readonly x: number } | null = null;
  let wheelTimer: ReturnType<typeof setTimeout> | undefined;
  const end = new AbortController();
  const { signal } = end;

  const shown = (): TimeRange => chart.store.getState().shown;
  const xOf = (event: MouseEvent): number => event.clientX - plot.getBoundingClientRect().left;
  const msAt = (x: number, range: TimeRange = shown()): number =>
    range.fromMs + (x / plot.clientWidth) * (range.toMs - range.fromMs);

  const onDown = (event: PointerEvent): void => {
    if (event.pointerType === "mouse" && event.button > 1) return;
    const x = xOf(event);
    pointers.set(event.pointerId, { startX: x, startY: event.clientY, x });
    plot.setPointerCapture(event.pointerId);
    plot.closest<HTMLElement>("[data-panel]")?.focus({ preventScroll: true });
    if (pointers.size === 2) {
      chart.dropGesture();
      drag = { kind: "pinch", range: shown() };
      for (const pointer of pointers.values()) Object.assign(pointer, { startX: pointer.x });
      return;
    }
    if (pointers.size > 2) return;
    const moves = event.shiftKey || spaceIsDown || event.button === 1;
    if (event.button === 1) event.preventDefault();
    drag = moves
      ? { kind: "pan", pointerId: event.pointerId, range: shown() }
      : { kind: "press", pointerId: event.pointerId };
    if (moves) chart.preview(shown(), "pan");
  };

  const onMove = (event: PointerEvent): void => {
    const pointer = pointers.get(event.pointerId);
    const x = xOf(event);
    if (pointer === undefined) {
      chart.hover(panelId, msAt(x));
      return;
    }
    pointer.x = x;
    if (drag?.kind === "pinch") {
      pinch(drag.range);
      return;
    }
    if (drag === null || drag.kind === "spent" || drag.pointerId !== event.pointerId) return;
    if (drag.kind === "pan") {
      const { fromMs, toMs } = drag.range;
      const byMs = ((pointer.startX - x) / plot.clientWidth) * (toMs - fromMs);
      chart.preview(panRange(drag.range, byMs, chart.bounds()), "pan");
      return;
    }
    if (drag.kind === "press" && Math.abs(x - pointer.startX) > dragSlopPx)
      drag = { kind: "brush", pointerId: drag.pointerId, anchorMs: msAt(pointer.startX) };
    if (drag.kind !== "brush") return;
    const inside = Math.min(Math.max(x, 0), plot.clientWidth);
    chart.brushTo(panelId, drag.anchorMs, msAt(inside));
    chart.hover(panelId, msAt(inside));
  };

  /** Keeps the instants under both fingers under them. */
  const pinch = (range: TimeRange): void => {
    const [one, other] = [...pointers.values()];
    if (one === undefined || other === undefined) return;
    const start = { oneMs: msAt(one.startX, range), otherMs: msAt(other.startX, range) };
    const now = { oneShare: one.x / plot.clientWidth, otherShare: other.x / plot.clientWidth };
    const next = pinchRange(start, now, chart.bounds());
    if (next !== null) chart.preview(next, "pinch");
  };

  const onUp = (event: PointerEvent): void => {
    const pointer = pointers.get(event.pointerId);
    if (pointer === undefined) return;
    pointers.delete(event.pointerId);
    const ended = drag;
    if (ended?.kind === "pinch") {
      drag = { kind: "spent" };
      chart.commit(shown());
      return;
    }
    if (pointers.size === 0) drag = null;
    if (ended?.kind === "pan") chart.commit(shown());
    if (ended?.kind === "brush") chart.zoomToBrush();
    if (ended?.kind === "press") tap(pointer.x, event.timeStamp);
  };

  /** `atMs` is when the hand did it: a busy page may hear of it much later. */
  const tap = (x: number, atMs: number): void => {
    const isDouble =
      lastTap !== null &&
      atMs - lastTap.atMs < doubleTapMs &&
      Math.abs(x - lastTap.x) < doubleTapPx;
    lastTap = isDouble ? null : { atMs, x };
    if (isDouble) chart.reset();
    else chart.pinNear(panelId, msAt(x));
  };

  /** The browser took the finger over to scroll the page. */
  const onCancel = (event: PointerEvent): void => {
    pointers.delete(event.pointerId);
    drag = pointers.size === 0 ? null : { kind: "spent" };
    chart.dropGesture();
  };

  const onWheel = (event: WheelEvent): void => {
    const isSideways = event.shiftKey || Math.abs(event.deltaX) > Math.abs(event.deltaY);
    const zooms = event.ctrlKey || event.metaKey || plot.matches(":focus-within, :focus *");
    if (!isSideways && !zooms) return;
    event.preventDefault();
    const pixels = inPixels(event, plot.clientHeight);
    const range = shown();
    if (isSideways) {
      const byMs = ((pixels.x || pixels.y) / plot.clientWidth) * (range.toMs - range.fromMs);
      chart.preview(panRange(range, byMs, chart.bounds()), "wheel");
    } else {
      const factor = Math.exp(pixels.y * wheelZoomPerPixel * (event.ctrlKey ? 4 : 1));
      const zoom = { factor, aroundMs: msAt(xOf(event)) };
      chart.preview(zoomRange(range, zoom, chart.bounds()), "wheel");
    }
    clearTimeout(wheelTimer);
    wheelTimer = setTimeout(() => chart.commit(shown()), wheelEndMs);
  };

  const onKey = (event: KeyboardEvent): void => {
    if (event.key !== " ") return;
    spaceIsDown = event.type === "keydown";
    if (plot.matches(":focus-within, :focus *")) event.preventDefault();
  };

  plot.addEventListener("pointerdown", onDown, { signal });
  plot.addEventListener("pointermove", onMove, { signal });
  plot.addEventListener("pointerup", onUp, { signal });
  plot.addEventListener("pointercancel", onCancel, { signal });
  plot.addEventListener("pointerleave", () => pointers.size === 0 && chart.leave(), { signal });
  plot.addEventListener("wheel", onWheel, { signal, passive: false });
  globalThis.addEventListener("keydown", onKey, { signal });
  globalThis.addEventListener("keyup", onKey, { signal });
  return () => {
    end.abort();
    clearTimeout(wheelTimer);
  };
}

const linePx = 16;

function inPixels(event: WheelEvent, pagePx: number): { readonly x: number; readonly y: number } {
  const unit = [1, linePx, pagePx][event.deltaMode] ?? 1;
  return { x: event.deltaX * unit, y: event.deltaY * unit };
}
