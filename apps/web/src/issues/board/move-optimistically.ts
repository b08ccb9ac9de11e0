import type { IssueSummary } from "@headcount/contract/issues/schemas";
import { orderKeyBetween } from "@headcount/domain/issues/order-keys";
import { columnOf, mapColumn, removeIssue, type BoardData, type MoveTarget } from "./board-data.ts";

/** Shows the move before the server has confirmed it; its reply then decides the final place. */
export function moveOptimistically(
  board: BoardData,
  issue: IssueSummary,
  target: MoveTarget,
): BoardData {
  const items = (columnOf(board, target.status)?.items ?? []).filter(({ id }) => id !== issue.id);
  const above = items.find(({ id }) => id === target.after);
  const below = items.find(({ id }) => id === target.before);
  const key = orderKeyBetween(above?.orderKey ?? null, below?.orderKey ?? null);
  const index = below === undefined ? items.indexOf(above ?? issue) + 1 : items.indexOf(below);
  const moved = {
    ...issue,
    status: target.status,
    orderKey: key.ok ? key.value : (above?.orderKey ?? issue.orderKey),
  };
  const leaves = issue.status !== target.status;
  const without = mapColumn(removeIssue(board, issue.id), issue.status, (column) =>
    leaves ? { ...column, count: Math.max(0, column.count - 1) } : column,
  );
  return mapColumn(without, target.status, (column) => ({
    ...column,
    count: leaves ? column.count + 1 : column.count,
    items: column.items.toSpliced(index, 0, moved),
  }));
}
