import { boardColumns, type BoardColumn } from "./board-columns.ts";

type ShownColumn = {
  readonly column: BoardColumn;
  /** A CSS width. */
  readonly width: string;
  /** Class that says from which screen on it is shown. */
  readonly from: string;
};

const looks: Readonly<Record<BoardColumn, Omit<ShownColumn, "column">>> = {
  cost: { width: "88px", from: "" },
  tokens: { width: "84px", from: "" },
  time: { width: "104px", from: "hidden tablet:table-cell" },
  tasks: { width: "72px", from: "hidden tablet:table-cell" },
  success: { width: "84px", from: "hidden desk:table-cell" },
  perTask: { width: "112px", from: "hidden desk:table-cell" },
};

export const shownColumns: readonly ShownColumn[] = boardColumns.map((column) => ({
  column,
  ...looks[column],
}));
