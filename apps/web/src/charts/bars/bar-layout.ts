import type { Scale } from "../nice-scale.ts";

/** Pixels for the values at the left, for the labels below, and above the highest bar. */
export const axisWidth = 52;
const labelHeight = 20;
const headRoom = 20;
/** Between the middles of two labels. */
const labelWidth = 76;

export type BarLayout = {
  /** From one bar to the next. */
  readonly step: number;
  readonly barWidth: number;
  /** Where zero is. */
  readonly floor: number;
  readonly pixelsPerUnit: number;
  readonly labelEvery: number;
  readonly leftOf: (bar: number) => number;
  readonly yOf: (value: number) => number;
};

/** Where everything goes in a chart of so many bars. */
export function barLayout(
  size: { readonly width: number; readonly height: number },
  count: number,
  scale: Scale,
): BarLayout {
  const plotHeight = size.height - labelHeight - headRoom;
  const step = Math.max(0, size.width - axisWidth) / Math.max(count, 1);
  const barWidth = Math.min(36, Math.max(1, step < 4 ? step * 0.9 : step * 0.68));
  const floor = headRoom + plotHeight;
  const pixelsPerUnit = plotHeight / scale.top;
  return {
    step,
    barWidth,
    floor,
    pixelsPerUnit,
    labelEvery: Math.max(1, Math.ceil(labelWidth / Math.max(step, 0.1))),
    leftOf: (bar) => axisWidth + bar * step + (step - barWidth) / 2,
    yOf: (value) => floor - value * pixelsPerUnit,
  };
}
