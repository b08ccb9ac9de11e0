import type { ReactNode } from "react";
import { classNames } from "./class-names.ts";

export type Column<Row> = {
  readonly id: string;
  /** Heading; pass an empty one only with `hiddenLabel`. */
  readonly label: string;
  readonly hiddenLabel?: boolean;
  readonly align?: "start" | "end";
  /** A CSS width; the first column without one takes the rest. */
  readonly width?: string;
  /** From which screen on the column shows. */
  readonly from?: "tablet" | "desk" | "wide";
  readonly cell: (row: Row) => ReactNode;
};

type TableProps<Row> = {
  readonly label: string;
  readonly columns: readonly Column<Row>[];
  readonly rows: readonly Row[];
  readonly rowKey: (row: Row) => string;
  readonly dense?: boolean;
  /** Rendered under the rows: totals, or what to show when there are none. */
  readonly footer?: ReactNode;
};

const fromClasses = {
  tablet: "hidden tablet:table-cell",
  desk: "hidden desk:table-cell",
  wide: "hidden wide:table-cell",
} as const;

const widths = [
  { shows: [undefined], edge: "max-tablet:pe-4" },
  { shows: [undefined, "tablet"], edge: "tablet:max-desk:pe-4" },
  { shows: [undefined, "tablet", "desk"], edge: "desk:max-wide:pe-4" },
  { shows: [undefined, "tablet", "desk", "wide"], edge: "wide:pe-4" },
] as const;

/** The edge of the page, on screens on which no later column shows. */
function edgeClasses(columns: readonly Pick<Column<never>, "from">[], index: number): string {
  const later = columns.slice(index + 1);
  return widths
    .filter(({ shows }) => later.every(({ from }) => shows.every((one) => one !== from)))
    .map(({ edge }) => edge)
    .join(" ");
}

/** Rows of facts. Put a link in the first cell with `after:absolute after:inset-0` to make the whole row open it. */
export function Table<Row>({
  label,
  columns,
  rows,
  rowKey,
  dense = false,
  footer,
}: TableProps<Row>) {
  const cellLook = (column: Column<Row>, index: number) =>
    classNames(
      "border-b border-line px-2 first:ps-4",
      edgeClasses(columns, index),
      column.align === "end" ? "text-end" : "text-start",
      column.from !== undefined && fromClasses[column.from],
    );
  return (
    <table aria-label={label} className="w-full table-fixed text-13">
      <thead>
        <tr>
          {columns.map((column, index) => (
            <th
              key={column.id}
              scope="col"
              style={column.width === undefined ? undefined : { width: column.width }}
              className={classNames(
                cellLook(column, index),
                "sticky top-0 z-10 h-8 bg-ground py-1 align-bottom text-12 font-medium wrap-anywhere text-faint",
              )}
            >
              <span className={column.hiddenLabel === true ? "sr-only" : undefined}>
                {column.label}
              </span>
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={rowKey(row)} className="relative hover:bg-hover has-focus-visible:bg-hover">
            {columns.map((column, index) => (
              <td
                key={column.id}
                className={classNames(
                  cellLook(column, index),
                  "truncate",
                  dense ? "h-(--row-dense)" : "h-(--row)",
                )}
              >
                {column.cell(row)}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
      {footer}
    </table>
  );
}
