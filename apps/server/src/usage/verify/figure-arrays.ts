import type { WorkspaceContext } from "../../platform/context.ts";
import { allFigures, eachFigure, type Figure, figureType } from "../figures.ts";

type Sql = WorkspaceContext["sql"];

/**
 * Figures of one row in one fixed order: numeric arrays compare exactly, whatever their scale. Null
 * stands for zero in the tables of sums, so it is zero here.
 */
export const figureArray = (sql: Sql, figures: readonly Figure[] = allFigures) =>
  sql`array[${eachFigure(sql, (figure) => `coalesce(${figure}, 0)`, figures)}]::numeric[]`;

/** The columns that such an array of all figures stands for, as they are stored. */
export const figuresOfArray = (sql: Sql, array: string, figures: readonly Figure[] = allFigures) =>
  eachFigure(
    sql,
    (figure) =>
      `nullif(${array}[${allFigures.indexOf(figure) + 1}], 0)::${figureType(figure)} as ${figure}`,
    figures,
  );

/** Whether a row has nothing but zeros, and so says the same as no row. */
export const allZero = (sql: Sql, figures: readonly Figure[] = allFigures) =>
  sql.unsafe(figures.map((figure) => `coalesce(${figure}, 0) = 0`).join(" and "));

/**
 * Both sides of a difference in words, the figures that differ alone: `input=12 output=4`.
 * @param ledger figures in their fixed order, as text; null where there is no row
 */
export function describeDifference(
  ledger: readonly (string | null)[] | null,
  stored: readonly (string | null)[] | null,
  figures: readonly Figure[] = allFigures,
): { readonly ledger: string; readonly stored: string } {
  const differing = figures.flatMap((figure, index) => {
    const ours = ledger?.[index] ?? "0";
    const theirs = stored?.[index] ?? "0";
    return ours === theirs ? [] : [{ figure, ours, theirs }];
  });
  const words = (
    row: readonly (string | null)[] | null,
    of: (one: (typeof differing)[number]) => string,
  ): string =>
    row === null ? "no row" : differing.map((one) => `${one.figure}=${of(one)}`).join(" ");
  return {
    ledger: words(ledger, (one) => one.ours),
    stored: words(stored, (one) => one.theirs),
  };
}
