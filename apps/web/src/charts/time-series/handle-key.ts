import type { KeyboardEvent } from "react";
import type { ChartController } from "./chart-controller.ts";

/** One step of a zoom by key, button or notch of a wheel. */
export const zoomStep = 0.6;
const panShare = 0.5;

/** What a key does to the panel that has the focus; says whether it did anything. */
export function handleKey(
  event: Pick<KeyboardEvent, "key" | "shiftKey" | "altKey" | "ctrlKey" | "metaKey">,
  panelId: string,
  chart: ChartController,
): boolean {
  if (event.ctrlKey || event.metaKey || event.altKey) return false;
  const action = (event.shiftKey ? withShift : plain)[event.key];
  if (action === undefined) return false;
  action(panelId, chart);
  return true;
}

type Action = (panelId: string, chart: ChartController) => void;

const always: Readonly<Record<string, Action>> = {
  "+": (_, chart) => chart.zoom(zoomStep),
  "=": (_, chart) => chart.zoom(zoomStep),
  "-": (_, chart) => chart.zoom(1 / zoomStep),
  _: (_, chart) => chart.zoom(1 / zoomStep),
  Enter: (_, chart) => {
    if (chart.store.getState().brush === null) chart.pinCursor();
    else chart.zoomToBrush();
  },
  Escape: (_, chart) => chart.escape(),
  "0": (_, chart) => chart.reset(),
  PageUp: (_, chart) => chart.pan(-panShare),
  PageDown: (_, chart) => chart.pan(panShare),
};

const plain: Readonly<Record<string, Action>> = {
  ...always,
  ArrowLeft: (panelId, chart) => chart.step(panelId, -1),
  ArrowRight: (panelId, chart) => chart.step(panelId, 1),
  Home: (panelId, chart) => chart.stepToEdge(panelId, "first"),
  End: (panelId, chart) => chart.stepToEdge(panelId, "last"),
};

const withShift: Readonly<Record<string, Action>> = {
  ...always,
  ArrowLeft: (panelId, chart) => chart.extend(panelId, -1),
  ArrowRight: (panelId, chart) => chart.extend(panelId, 1),
  Home: (panelId, chart) => chart.extendToEdge(panelId, "first"),
  End: (panelId, chart) => chart.extendToEdge(panelId, "last"),
};
