import type { WorkspaceContext } from "../../platform/context.ts";
import { allFigures, eachFigure, type Figure, figureType } from "../figures.ts";

type Sql = WorkspaceContext["sql"];

/** Figures of one row in one fixed order: numeric arrays compare exactly, whatever their scale. */
export const figureArray = (sql: Sql, figures: readonly Figure[] = allFigures) =>
  sql`array[${eachFigure(sql, (figure) => figure, figures)}]::numeric[]`;

/** The columns that such an array stands for. */
export const figuresOfArray = (sql: Sql, array: string) =>
  eachFigure(
    sql,
    (figure) => `${array}[${allFigures.indexOf(figure) + 1}]::${figureType(figure)} as ${figure}`,
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
    const ours = ledger?.[index] ?? null;
    const theirs = stored?.[index] ?? null;
    const isSame = ledger && stored ? ours === theirs : (ours ?? "0") === (theirs ?? "0");
    return isSame ? [] : [{ figure, ours, theirs }];
  });
  const words = (
    row: readonly (string | null)[] | null,
    of: (one: (typeof differing)[number]) => string | null,
  ): string =>
    row === null
      ? "no row"
      : differing.map((one) => `${one.figure}=${of(one) ?? "null"}`).join(" ");
  return {
    ledger: words(ledger, (one) => one.ours),
    stored: words(stored, (one) => one.theirs),
  };
}
