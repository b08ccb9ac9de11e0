import {
  useState,
  type KeyboardEvent,
  type MouseEvent,
  type PointerEvent as ReactPointerEvent,
} from "react";
import { axisWidth, type BarLayout } from "./bar-layout.ts";
import type { Bar, BarCursor, BarSeries } from "./bar-types.ts";
import { moveCursor } from "./move-cursor.ts";
import { seriesAt } from "./series-at.ts";

/** Something of a chart that was chosen: a bucket, and one series of it or all. */
export type BarPick = (bar: Bar, seriesId: string | null) => void;

type Drawn = {
  readonly bars: readonly Bar[];
  readonly series: readonly BarSeries[];
  readonly layout: BarLayout;
  readonly onPick: BarPick | undefined;
};

/** Which bucket and series is read, by pointer, touch and keys, and how one is chosen. */
export function useBarCursor({ bars, series, layout, onPick }: Drawn) {
  const [cursor, setCursor] = useState<BarCursor | null>(null);
  const at = (event: MouseEvent): BarCursor | null => {
    const { offsetX, offsetY } = event.nativeEvent;
    const bar = Math.floor((offsetX - axisWidth) / layout.step);
    if (offsetX < axisWidth || bar < 0 || bar >= bars.length) return null;
    const value = (layout.floor - offsetY) / layout.pixelsPerUnit;
    return { bar, seriesId: seriesAt(bars[bar], series, value) };
  };
  const pick = (chosen: BarCursor | null) => {
    const bar = chosen === null ? undefined : bars[chosen.bar];
    if (bar !== undefined) onPick?.(bar, chosen?.seriesId ?? null);
  };
  return {
    cursor: cursor !== null && cursor.bar < bars.length ? cursor : null,
    handlers: {
      onKeyDown: (event: KeyboardEvent) => {
        if (event.key === "Enter" || event.key === " ") {
          if (cursor === null || onPick === undefined) return;
          event.preventDefault();
          pick(cursor);
          return;
        }
        if (event.key === "Escape" && cursor !== null) {
          event.stopPropagation();
          setCursor(null);
          return;
        }
        const moved = moveCursor(event.key, cursor, { bars, series });
        if (moved === null) return;
        event.preventDefault();
        setCursor(moved);
      },
      onBlur: () => setCursor(null),
      onPointerLeave: (event: ReactPointerEvent) => {
        // A finger that is lifted leaves what it has pointed at to be read.
        if (event.pointerType !== "touch") setCursor(null);
      },
      onPointerMove: (event: ReactPointerEvent) => {
        if (event.pointerType !== "touch") setCursor(at(event));
      },
      onClick: (event: MouseEvent) => {
        const chosen = at(event);
        // The first touch reads, the second one on the same bucket opens.
        const isTouch =
          "pointerType" in event.nativeEvent && event.nativeEvent.pointerType === "touch";
        if (isTouch && chosen?.bar !== cursor?.bar) setCursor(chosen);
        else pick(chosen);
      },
    },
  } as const;
}
