import type { IssueStatus, IssueSummary } from "@headcount/contract/issues/schemas";
import { useCallback, type KeyboardEvent } from "react";
import { pick, type PickedField } from "../pick/picker-store.ts";
import type { BoardColumn } from "./board-data.ts";
import type { MoveIssue } from "./use-move-issue.ts";

/** Brings the card at an index into view. */
export type ScrollToCard = (index: number) => void;

type BoardKeys = {
  readonly columns: readonly BoardColumn[];
  readonly scrollers: ReadonlyMap<number, ScrollToCard>;
  readonly move: MoveIssue;
};

const fields: Readonly<Record<string, PickedField>> = {
  s: "status",
  m: "status",
  p: "priority",
  a: "assignee",
};

/**
 * Arrow keys and J/K walk the cards, with Shift they move the focused one; S or M, P and A set its
 * status, priority and assignee.
 */
export function useBoardKeys({ columns, scrollers, move }: BoardKeys) {
  const focusCard = useCallback(
    (column: number, index: number) => {
      scrollers.get(column)?.(index);
      // The virtual list needs a frame to put the card into the page.
      requestAnimationFrame(() =>
        document
          .querySelector<HTMLElement>(`[data-card][data-column="${column}"][data-index="${index}"]`)
          ?.focus(),
      );
    },
    [scrollers],
  );
  return useCallback(
    (event: KeyboardEvent) => {
      const place = placeOf(event.target);
      if (place === null || event.ctrlKey || event.metaKey || event.altKey) return;
      const issue = columns[place.column]?.items[place.index];
      if (issue === undefined) return;
      const field = event.shiftKey ? undefined : fields[event.key.toLowerCase()];
      if (field !== undefined) {
        event.preventDefault();
        pick(issue, field);
        return;
      }
      const step = stepOf(event.key);
      if (step === null) return;
      event.preventDefault();
      const column = nextColumn(columns, place.column, step.columns);
      if (!event.shiftKey) {
        const last = (columns[column]?.items.length ?? 0) - 1;
        focusCard(column, clamp(place.index + step.rows, 0, last));
        return;
      }
      void moveByKeys(columns, place, step, issue, move).then((landed) => {
        if (landed !== null) focusCard(landed.column, landed.index);
      });
    },
    [columns, focusCard, move],
  );
}

type Place = { readonly column: number; readonly index: number };
type Step = { readonly columns: number; readonly rows: number };

async function moveByKeys(
  columns: readonly BoardColumn[],
  place: Place,
  step: Step,
  issue: IssueSummary,
  move: MoveIssue,
): Promise<Place | null> {
  if (step.columns !== 0) {
    const column = place.column + step.columns;
    const target: IssueStatus | undefined = columns[column]?.status;
    if (target === undefined) return null;
    await move(issue.id, target, 0);
    return { column, index: 0 };
  }
  const index = place.index + step.rows;
  if (index < 0 || index >= (columns[place.column]?.items.length ?? 0)) return null;
  await move(issue.id, issue.status, step.rows > 0 ? index + 1 : index);
  return { column: place.column, index };
}

function placeOf(target: EventTarget): Place | null {
  if (!(target instanceof HTMLElement)) return null;
  const card = target.closest<HTMLElement>("[data-card]");
  if (card === null) return null;
  return { column: Number(card.dataset["column"]), index: Number(card.dataset["index"]) };
}

function stepOf(key: string): Step | null {
  const steps: Readonly<Record<string, Step>> = {
    ArrowUp: { columns: 0, rows: -1 },
    ArrowDown: { columns: 0, rows: 1 },
    ArrowLeft: { columns: -1, rows: 0 },
    ArrowRight: { columns: 1, rows: 0 },
    k: { columns: 0, rows: -1 },
    j: { columns: 0, rows: 1 },
  };
  return steps[key] ?? null;
}

/** The next column in a direction that has cards; the same one when there is none. */
function nextColumn(columns: readonly BoardColumn[], from: number, direction: number): number {
  if (direction === 0) return from;
  for (let at = from + direction; at >= 0 && at < columns.length; at += direction) {
    if ((columns[at]?.items.length ?? 0) > 0) return at;
  }
  return from;
}

function clamp(value: number, low: number, high: number): number {
  return Math.max(low, Math.min(high, value));
}
