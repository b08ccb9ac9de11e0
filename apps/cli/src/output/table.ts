import { cutToWidth, displayWidth, padToWidth } from "./display-width.ts";
import { safeLine } from "./safe-text.ts";

export type Column<Row> = {
  readonly title: string;
  readonly value: (row: Row) => string | number | null | undefined;
  readonly align?: "left" | "right";
  /** Gives way first when the table is too wide; several share the loss. */
  readonly shrinks?: true;
  /** What stands for nothing; a dash unless stated. */
  readonly empty?: string;
};

const gap = "  ";
const narrowest = 8;

/** Lines of a table, the first one being the titles. `width` 0 cuts nothing. */
export function tableLines<Row>(
  rows: readonly Row[],
  columns: readonly Column<Row>[],
  width: number,
): readonly string[] {
  const cells = rows.map((row) =>
    columns.map((column) => cellText(column.value(row), column.empty)),
  );
  const titles = columns.map((column) => column.title);
  const natural = columns.map((_, at) =>
    Math.max(...[titles, ...cells].map((line) => displayWidth(line[at] ?? ""))),
  );
  const widths = width === 0 ? natural : fitWidths(natural, columns, width);
  return [titles, ...cells].map((line) =>
    line
      .map((text, at) => {
        const columnWidth = widths[at] ?? 0;
        return padToWidth(cutToWidth(text, columnWidth), columnWidth, columns[at]?.align);
      })
      .join(gap)
      .trimEnd(),
  );
}

function cellText(value: string | number | null | undefined, empty = "–"): string {
  const text = safeLine(String(value ?? ""));
  return text === "" ? empty : text;
}

/** Takes what is too much from the widest shrinking column, again and again. */
function fitWidths<Row>(
  natural: readonly number[],
  columns: readonly Column<Row>[],
  width: number,
): readonly number[] {
  const widths = [...natural];
  const total = (): number =>
    widths.reduce((sum, one) => sum + one, gap.length * (widths.length - 1));
  while (total() > width) {
    const at = widestAbove(widths, columns, true) ?? widestAbove(widths, columns, false);
    if (at === null) break;
    widths[at] = (widths[at] ?? 0) - 1;
  }
  return widths;
}

function widestAbove<Row>(
  widths: readonly number[],
  columns: readonly Column<Row>[],
  onlyShrinking: boolean,
): number | null {
  let found: number | null = null;
  for (const [at, width] of widths.entries()) {
    if (width <= narrowest || (onlyShrinking && !columns[at]?.shrinks)) continue;
    if (found === null || width > (widths[found] ?? 0)) found = at;
  }
  return found;
}
