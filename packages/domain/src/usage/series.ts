/**
 * One row per wanted date, in the order of `dates`: the row that exists, else an empty one.
 * Rows of other dates are left out.
 */
export function fillDays<Row extends { readonly date: string }>(
  dates: readonly string[],
  rows: readonly Row[],
  empty: (date: string) => Row,
): readonly Row[] {
  const byDate = new Map(rows.map((row) => [row.date, row]));
  return dates.map((date) => byDate.get(date) ?? empty(date));
}
