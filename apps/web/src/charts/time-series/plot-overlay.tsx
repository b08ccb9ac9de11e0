import { useStore } from "zustand";
import type { ChartPoint, ChartStore, ValueEdges } from "./chart-store.ts";
import { readPoint } from "./read-point.ts";
import type { PanelShape } from "./shape-panel.ts";

type PlotOverlayProps = {
  readonly shape: PanelShape;
  readonly store: ChartStore;
};

/** Cursor, selection and pin over a plot; they move without the picture being painted again. */
export function PlotOverlay({ shape, store }: PlotOverlayProps) {
  const { shown, cursor, brush, pin, annotationMs, scales } = useStore(store);
  const { panel } = shape;
  const shareOf = (atMs: number): number =>
    (100 * (atMs - shown.fromMs)) / (shown.toMs - shown.fromMs);
  const isStacked = panel.style === "stack" || panel.style === "bars";
  return (
    <div aria-hidden="true" className="pointer-events-none absolute inset-0 overflow-hidden">
      {brush !== null && (
        <div
          data-brush=""
          className="absolute inset-y-0 border-x border-accent bg-accent/12"
          style={{
            left: `${shareOf(Math.min(brush.anchorMs, brush.headMs))}%`,
            width: `${Math.abs(shareOf(brush.headMs) - shareOf(brush.anchorMs))}%`,
          }}
        />
      )}
      {annotationMs !== null && (
        <Line className="border-s border-dotted border-muted" left={shareOf(annotationMs)} />
      )}
      {pin !== null && (
        <PinLine point={pin} left={shareOf(pin.atMs)} isOwn={pin.panelId === panel.id} />
      )}
      {cursor !== null && (
        <>
          <Line mark="cursor" className="border-s border-muted" left={shareOf(cursor.atMs)} />
          {!isStacked &&
            dotsOf(shape, cursor, scales[panel.id]).map(({ id, colour, top }) => (
              <span
                key={id}
                className="absolute size-2 -translate-1/2 rounded-full border-2 border-ground"
                style={{ left: `${shareOf(cursor.atMs)}%`, top: `${top}%`, background: colour }}
              />
            ))}
        </>
      )}
    </div>
  );
}

type LineProps = { readonly left: number; readonly className: string; readonly mark?: string };

function Line({ left, className, mark }: LineProps) {
  return (
    <span
      data-mark={mark}
      className={`absolute inset-y-0 w-0 ${className}`}
      style={{ left: `${left}%` }}
    />
  );
}

type PinLineProps = { readonly point: ChartPoint; readonly left: number; readonly isOwn: boolean };

function PinLine({ point, left, isOwn }: PinLineProps) {
  return (
    <>
      <Line mark="pin" className="border-s-2 border-accent" left={left} />
      {isOwn && (
        <span
          key={point.atMs}
          className="absolute top-0 size-2 -translate-x-1/2 rotate-45 bg-accent"
          style={{ left: `calc(${left}% + 1px)` }}
        />
      )}
    </>
  );
}

type Dot = { readonly id: string; readonly colour: string; readonly top: number };

/** Where the series of a panel are at the cursor. */
function dotsOf(
  { panel }: PanelShape,
  cursor: ChartPoint,
  edges: ValueEdges | undefined,
): readonly Dot[] {
  const reading = readPoint(panel, cursor.atMs);
  if (reading === null || edges === undefined) return [];
  const { bottom, top } = edges;
  return panel.series.flatMap(({ id, colour }, index) => {
    const value = reading.values[index] ?? null;
    return value === null ? [] : [{ id, colour, top: (100 * (top - value)) / (top - bottom) }];
  });
}
