/** Where the plot lies in its picture, in CSS pixels; the axes take the rest. */
export const plotBox = { left: 56, top: 10, right: 10, timeAxis: 22, withoutTimeAxis: 6 } as const;

export const defaultPanelHeight = 168;

/** Width of the plot in a picture of a width. */
export function plotWidthOf(pictureWidth: number): number {
  return Math.max(0, pictureWidth - plotBox.left - plotBox.right);
}
