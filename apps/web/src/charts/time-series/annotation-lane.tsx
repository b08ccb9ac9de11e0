import { groupMarks, type MarkGroup } from "@headcount/domain/charts/group-marks";
import { useRef, useState, type KeyboardEvent } from "react";
import { useStore } from "zustand";
import { useText } from "../../i18n/use-text.ts";
import { useWidth } from "../use-width.ts";
import { AnnotationGlyph } from "./annotation-glyph.tsx";
import type { ChartStore } from "./chart-store.ts";
import type { ChartAnnotation } from "./chart-types.ts";
import { plotBox } from "./plot-box.ts";
import type { TimeFormat } from "./time-format.ts";

type AnnotationLaneProps = {
  readonly annotations: readonly ChartAnnotation[];
  readonly store: ChartStore;
  readonly times: TimeFormat;
};

/** Ticks are this wide and never overlap. */
const tickPx = 16;
/** Sentences that a group of ticks says before it only counts. */
const mostSentences = 4;

/** What happened, as ticks under the plots; one tab stop, arrow keys go from tick to tick. */
export function AnnotationLane({ annotations, store, times }: AnnotationLaneProps) {
  const text = useText();
  const lane = useRef<HTMLDivElement>(null);
  const width = useWidth(lane);
  const range = useStore(store, ({ shown }) => shown);
  const [active, setActive] = useState<string | null>(null);
  const groups = groupMarks(annotations, range, tickPx / Math.max(width, tickPx));
  const tabStop = groups.find((group) => keyOf(group) === active) ?? groups[0];
  const opened = active === null ? undefined : groups.find((group) => keyOf(group) === active);
  const show = (group: MarkGroup<ChartAnnotation> | null): void => {
    setActive(group === null ? null : keyOf(group));
    const [first] = group?.marks ?? [];
    store.setState({ annotationMs: first === undefined ? null : first.atMs });
  };
  const move = (event: KeyboardEvent): void => {
    const direction = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (event.key === "Escape") show(null);
    if (direction === undefined || tabStop === undefined) return;
    event.preventDefault();
    const next = groups[groups.indexOf(tabStop) + direction];
    if (next === undefined) return;
    lane.current?.querySelector<HTMLElement>(`[data-tick="${keyOf(next)}"]`)?.focus();
  };
  return (
    <div
      ref={lane}
      role="group"
      aria-label={text.charts.events}
      className="relative h-5"
      style={{ marginLeft: plotBox.left, marginRight: plotBox.right }}
      onPointerLeave={() => show(null)}
    >
      {groups.map((group) => (
        <button
          key={keyOf(group)}
          type="button"
          data-tick={keyOf(group)}
          tabIndex={group === tabStop ? 0 : -1}
          aria-label={sentencesOf(group, times).join(" ")}
          className="absolute top-0 grid h-5 w-4 -translate-x-1/2 place-items-center rounded-tag text-muted hover:bg-hover hover:text-ink"
          style={{ left: `${group.share * 100}%` }}
          onFocus={() => show(group)}
          onBlur={() => show(null)}
          onPointerEnter={() => show(group)}
          onKeyDown={move}
        >
          <AnnotationGlyph
            kind={group.marks.length === 1 ? (group.marks[0]?.kind ?? "note") : "several"}
          />
        </button>
      ))}
      {opened !== undefined && (
        <div
          aria-hidden="true"
          data-annotation=""
          className="pointer-events-none absolute bottom-full z-20 mb-1 flex w-max max-w-72 flex-col gap-0.5 rounded-control bg-raised px-2.5 py-1.5 text-12 shadow-float"
          style={placeOf(opened.share)}
        >
          {sentencesOf(opened, times).map((sentence) => (
            <p key={sentence}>{sentence}</p>
          ))}
        </div>
      )}
    </div>
  );

  function sentencesOf(group: MarkGroup<ChartAnnotation>, format: TimeFormat): readonly string[] {
    const widthMs = range.toMs - range.fromMs;
    const said = group.marks
      .slice(0, mostSentences)
      .map((mark) =>
        text.charts.event({ time: format.instant(mark.atMs, widthMs / 100), text: mark.text }),
      );
    const left = group.marks.length - said.length;
    return left === 0 ? said : [...said, text.charts.moreEvents({ count: left })];
  }
}

/** Opens towards the middle, so that it stays on the screen. */
function placeOf(share: number): { readonly left?: string; readonly right?: string } {
  return share < 0.5 ? { left: `${share * 100}%` } : { right: `${(1 - share) * 100}%` };
}

function keyOf(group: MarkGroup<ChartAnnotation>): string {
  return group.marks[0]?.id ?? "";
}
