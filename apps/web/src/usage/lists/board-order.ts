import { boardColumns, type BoardColumn, type BoardSort } from "./board-columns.ts";

/** A sort as it stands in an address: the column, with a hyphen before it where the largest is first. */
export type BoardOrder = BoardColumn | `-${BoardColumn}`;

export const boardOrders: readonly BoardOrder[] = boardColumns.flatMap((column) => [
  column,
  `-${column}` as const,
]);

const usual: BoardSort = { column: "cost", direction: "down" };

/** What an address asks for; the dearest first where it asks for nothing. */
export function sortOf(order: BoardOrder | undefined): BoardSort {
  const column = boardColumns.find((name) => order === name || order === `-${name}`);
  if (column === undefined) return usual;
  return { column, direction: order === column ? "up" : "down" };
}

/** What goes into the address: nothing for what is shown anyway. */
export function orderOf({ column, direction }: BoardSort): BoardOrder | undefined {
  if (column === usual.column && direction === usual.direction) return undefined;
  return direction === "up" ? column : `-${column}`;
}
