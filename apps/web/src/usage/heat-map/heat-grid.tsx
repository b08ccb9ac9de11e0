import type { UsageFigure } from "@headcount/contract/usage/query-schemas";
import { heatLevels } from "@headcount/domain/usage/chart/heat-levels";
import { useEffect, useMemo, useRef, useState, type KeyboardEvent } from "react";
import { useFormat } from "../../i18n/use-format.ts";
import { useText } from "../../i18n/use-text.ts";
import { figureText } from "../figure-of.tsx";
import { localDate } from "../zone-dates.ts";
import { HeatDay } from "./heat-day.tsx";
import { HeatLegend } from "./heat-legend.tsx";
import { heatWeeks, moveDay, type HeatSpan } from "./heat-weeks.ts";

type HeatGridProps = {
  readonly span: HeatSpan;
  readonly measure: "tokens" | "cost";
  readonly valueOf: (day: string) => UsageFigure;
  readonly selected: string | undefined;
  readonly onOpen: (day: string) => void;
};

/** Weeks side by side, weekdays below one another. One day takes the focus, arrow keys lead on from it. */
export function HeatGrid({ span, measure, valueOf, selected, onOpen }: HeatGridProps) {
  const text = useText();
  const format = useFormat();
  const scroller = useRef<HTMLDivElement>(null);
  const grid = useRef<HTMLTableElement>(null);
  const [at, setAt] = useState(() => ({ week: heatWeeks - 1, weekday: weekdayIndexOf(span) }));
  const [read, setRead] = useState<string | null>(null);
  const [firstWeek, setFirstWeek] = useState(0);
  // The newest weeks matter most where not all of them have room.
  useEffect(() => {
    scroller.current?.scrollTo({ left: scroller.current.scrollWidth });
  }, []);
  const days = span.rows.flat().filter((day) => day !== null);
  const figures = days.map(valueOf);
  const levels = useMemo(
    () => heatLevels(figures.map((figure) => Number(figure ?? 0))),
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- the list is new in each render, its figures rarely are
    [figures.join()],
  );
  const levelOf = new Map(days.map((day, index) => [day, levels[index] ?? 0]));
  const nameOf = (day: string) =>
    `${format.date(localDate(day))} · ${figureWords(valueOf(day), measure, text)}`;
  const move = (event: KeyboardEvent) => {
    const next = moveDay(event.key, at, span);
    if (next === null) return;
    event.preventDefault();
    setAt(next);
    const cell = `[data-place="${next.week} ${next.weekday}"]`;
    grid.current?.querySelector<HTMLElement>(cell)?.focus();
  };
  return (
    <div className="flex w-fit max-w-full flex-col gap-2">
      <div
        ref={scroller}
        className="relative overflow-x-auto pb-1"
        onScroll={({ currentTarget }) => setFirstWeek(firstWholeWeek(currentTarget))}
      >
        <table
          ref={grid}
          // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-to-interactive-role -- a table whose cells take arrow keys is a grid
          role="grid"
          aria-label={text.usage.dashboard.heatHelp}
          className="border-separate border-spacing-1"
          onKeyDown={move}
          onPointerLeave={() => setRead(null)}
        >
          <thead aria-hidden="true">
            <tr>
              <th className="min-w-8">{null}</th>
              {Array.from({ length: heatWeeks }, (_, week) => (
                <th
                  key={week}
                  className="h-4 text-start font-normal max-w-5 overflow-visible whitespace-nowrap text-11 text-faint"
                >
                  {week >= firstWeek && monthAt(span, week, format.dayAndMonth)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {span.rows.map((row, weekday) => (
              <tr key={row[0]}>
                <th scope="row" className="pe-1 text-start text-11 font-normal text-faint">
                  <span className={weekday % 2 === 0 ? "" : "sr-only"}>
                    {text.usage.dashboard.weekdays[weekday]}
                  </span>
                </th>
                {row.map((day, week) =>
                  day === null ? (
                    <td
                      key={week}
                      aria-label={text.usage.dashboard.heatToCome}
                      className="size-5 p-0"
                    />
                  ) : (
                    <HeatDay
                      key={week}
                      place={`${week} ${weekday}`}
                      name={nameOf(day)}
                      level={levelOf.get(day) ?? 0}
                      isToday={day === span.today}
                      isSelected={day === selected}
                      isReachable={at.week === week && at.weekday === weekday}
                      onRead={() => setRead(day)}
                      onFocus={() => {
                        setAt({ week, weekday });
                        setRead(day);
                      }}
                      onOpen={() => onOpen(day)}
                    />
                  ),
                )}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <div className="flex min-h-5 flex-wrap items-center gap-x-4 gap-y-1 text-12">
        <p className="figures text-muted">
          {read === null ? text.usage.dashboard.heatHint : nameOf(read)}
        </p>
        <HeatLegend />
      </div>
    </div>
  );
}

/** The first week of which nothing is scrolled away: a name above an earlier one would be cut. */
function firstWholeWeek(scroller: HTMLElement): number {
  const weeks = [...scroller.querySelectorAll<HTMLElement>("thead th")].slice(1);
  return weeks.findIndex(({ offsetLeft }) => offsetLeft >= scroller.scrollLeft);
}

function weekdayIndexOf({ rows }: HeatSpan): number {
  return rows.findLastIndex((row) => row[heatWeeks - 1] !== null);
}

function figureWords(
  figure: UsageFigure,
  measure: "tokens" | "cost",
  text: ReturnType<typeof useText>,
): string {
  if (figure === null) return text.figures.unpriced;
  if (Number(figure) === 0) return text.usage.dashboard.heatNothing;
  if (measure === "cost") return figureText("cost", figure, text.figures);
  return text.figures.exactTokens({ exact: figureText("tokens", figure, text.figures) });
}

function monthAt({ months }: HeatSpan, week: number, write: (day: Date) => string): string | null {
  const month = months.find((one) => one.week === week);
  return month === undefined || week >= heatWeeks - 1 ? null : write(localDate(month.day));
}
