import type { OutputOf } from "@headcount/contract/kit/route";
import type { issues } from "@headcount/contract/issues/routes";
import type { IssueStatus, IssueSummary } from "@headcount/contract/issues/schemas";
import { compareOrderKeys } from "@headcount/domain/issues/compare-order-keys";

export type BoardReply = OutputOf<typeof issues.board>;
export type BoardColumn = BoardReply["columns"][number];

/** The loaded part of a board: each column from its top, in the server's order. */
export type BoardData = {
  readonly columns: readonly BoardColumn[];
  /** Changes have been missed since it was read, so any part of it may be out of date. */
  readonly missed?: true;
};

/**
 * Puts freshly loaded first pages before what was loaded further down, which is kept as far as it
 * follows the page and no change of it was missed. Issues that have not changed stay the same
 * object, so that their cards rest.
 */
export function mergeFirstPages(previous: BoardData | undefined, fresh: BoardReply): BoardData {
  if (previous === undefined) return fresh;
  const known = new Map(
    previous.columns.flatMap(({ items }) => items.map((item) => [item.id, item])),
  );
  const freshIds = new Set(fresh.columns.flatMap(({ items }) => items.map((item) => item.id)));
  return {
    columns: fresh.columns.map((column) => {
      const items = column.items.map((item) => settled(known.get(item.id), item));
      const last = items.at(-1);
      const before = previous.columns.find(({ status }) => status === column.status);
      if (previous.missed || column.nextCursor === null || !last || !before) {
        return { ...column, items };
      }
      const tail = before.items.filter(
        (item) => compareOrderKeys(item.orderKey, last.orderKey) > 0 && !freshIds.has(item.id),
      );
      if (tail.length === 0) return { ...column, items };
      return { ...column, items: [...items, ...tail], nextCursor: before.nextCursor };
    }),
  };
}

/** Adds the next page of one column. */
export function appendPage(board: BoardData, page: BoardColumn): BoardData {
  return mapColumn(board, page.status, (column) => {
    const have = new Set(column.items.map((item) => item.id));
    const items = [...column.items, ...page.items.filter((item) => !have.has(item.id))];
    return { ...column, items, nextCursor: page.nextCursor };
  });
}

/** Takes over counts and spend of a fresh reply and leaves the cards alone. */
export function applyTotals(board: BoardData, fresh: BoardReply): BoardData {
  return {
    ...board,
    columns: board.columns.map((column) => {
      const now = fresh.columns.find(({ status }) => status === column.status);
      if (now === undefined || (now.count === column.count && now.costUsd === column.costUsd)) {
        return column;
      }
      return { ...column, count: now.count, costUsd: now.costUsd };
    }),
  };
}

/**
 * Puts one issue where its status and order key say. An older revision than the shown one is
 * dropped; a place below the loaded part stays unloaded.
 */
export function upsertIssue(board: BoardData, issue: IssueSummary): BoardData {
  const shown = findIssue(board, issue.id);
  if (shown !== undefined && shown.revision > issue.revision) return board;
  if (shown !== undefined && sameJson(shown, issue)) return board;
  const stays = shown?.status === issue.status && shown.orderKey === issue.orderKey;
  if (stays) {
    return mapColumn(board, issue.status, (column) => ({
      ...column,
      items: column.items.map((item) => (item.id === issue.id ? issue : item)),
    }));
  }
  return mapColumn(removeIssue(board, issue.id), issue.status, (column) => {
    const below = column.items.findIndex(
      (item) => compareOrderKeys(item.orderKey, issue.orderKey) > 0,
    );
    if (below === -1 && column.nextCursor !== null) return column;
    const index = below === -1 ? column.items.length : below;
    return { ...column, items: column.items.toSpliced(index, 0, issue) };
  });
}

/** Takes a card off the board; totals come from the server. */
export function removeIssue(board: BoardData, issueId: string): BoardData {
  const shown = findIssue(board, issueId);
  if (shown === undefined) return board;
  return mapColumn(board, shown.status, (column) => ({
    ...column,
    items: column.items.filter((item) => item.id !== issueId),
  }));
}

/** The neighbours of a place, as the server wants them named. */
export type MoveTarget = {
  readonly status: IssueStatus;
  /** The issue directly above, and directly below. */
  readonly after: string | null;
  readonly before: string | null;
};

/** What "in this column, at this index" means; the moved card itself does not count as a neighbour. */
export function moveTarget(
  board: BoardData,
  issueId: string,
  status: IssueStatus,
  index: number,
): MoveTarget {
  const items = columnOf(board, status)?.items ?? [];
  const own = items.findIndex((item) => item.id === issueId);
  const others = items.filter((item) => item.id !== issueId);
  const place = Math.min(own !== -1 && own < index ? index - 1 : index, others.length);
  return {
    status,
    after: others[place - 1]?.id ?? null,
    before: others[place]?.id ?? null,
  };
}

/** Whether the target is where the issue already is. */
export function isSamePlace(board: BoardData, issue: IssueSummary, target: MoveTarget): boolean {
  if (issue.status !== target.status) return false;
  const items = columnOf(board, issue.status)?.items ?? [];
  const index = items.findIndex((item) => item.id === issue.id);
  const above = items[index - 1]?.id ?? null;
  const below = items[index + 1]?.id ?? null;
  return above === target.after && below === target.before;
}

export function findIssue(board: BoardData, issueId: string): IssueSummary | undefined {
  for (const column of board.columns) {
    const found = column.items.find((item) => item.id === issueId);
    if (found !== undefined) return found;
  }
  return undefined;
}

export function columnOf(board: BoardData, status: IssueStatus): BoardColumn | undefined {
  return board.columns.find((column) => column.status === status);
}

export function mapColumn(
  board: BoardData,
  status: IssueStatus,
  change: (column: BoardColumn) => BoardColumn,
): BoardData {
  return {
    ...board,
    columns: board.columns.map((column) => (column.status === status ? change(column) : column)),
  };
}

function settled(before: IssueSummary | undefined, now: IssueSummary): IssueSummary {
  return before !== undefined && sameJson(before, now) ? before : now;
}

function sameJson(left: unknown, right: unknown): boolean {
  return JSON.stringify(left) === JSON.stringify(right);
}
