import type { Transaction } from "../platform/database.ts";

/** Figures of usage, in the order of their columns. */
export const usageFigures = [
  "events",
  "input",
  "cache_read",
  "cache_write_5m",
  "cache_write_1h",
  "output",
  "reasoning",
  "cost_pico",
  "notional_pico",
  "cache_saved_pico",
  "priced_events",
  "unpriced_tokens",
] as const;
export type UsageFigure = (typeof usageFigures)[number];

/** Figures of tasks: how many started and ended, how long they took, what they changed. */
export const taskFigures = [
  "tasks_started",
  "tasks_done",
  "tasks_no_response",
  "tasks_needs_input",
  "tasks_failed",
  "tasks_cancelled",
  "run_ms",
  "queue_ms",
  "waiting_ms",
  "lines_added",
  "lines_deleted",
  "files_changed",
] as const;
export type TaskFigure = (typeof taskFigures)[number];

export const allFigures = [...usageFigures, ...taskFigures] as const;
export type Figure = (typeof allFigures)[number];

/** Figures that may be larger than int8. */
const numericFigures: ReadonlySet<Figure> = new Set([
  "cost_pico",
  "notional_pico",
  "cache_saved_pico",
]);

/** Type of a figure's column in the tables of sums. */
export function figureType(figure: Figure): "numeric" | "bigint" {
  return numericFigures.has(figure) ? "numeric" : "bigint";
}

/** SQL made from the fixed names above, one piece per figure, with commas between. */
export function eachFigure(
  sql: Transaction,
  piece: (figure: Figure) => string,
  figures: readonly Figure[] = allFigures,
) {
  return sql.unsafe(figures.map(piece).join(", "));
}

/** `events, input, …` */
export const figureColumns = (sql: Transaction, figures?: readonly Figure[]) =>
  eachFigure(sql, (figure) => figure, figures);

/** `null::bigint as events, …`: for rows that have none of these figures. */
export const noFigures = (sql: Transaction, figures: readonly Figure[]) =>
  eachFigure(sql, (figure) => `null::${figureType(figure)} as ${figure}`, figures);

/** `sum(events) as events, …`; null stands for zero, as in every table of sums. */
export const figureSums = (sql: Transaction, table?: string, figures?: readonly Figure[]) =>
  eachFigure(
    sql,
    (figure) => {
      const column = table === undefined ? figure : `${table}.${figure}`;
      return `nullif(sum(${column}), 0)::${figureType(figure)} as ${figure}`;
    },
    figures,
  );

/** For `on conflict do update`: adds what arrives to what is stored. */
export const addFigures = (sql: Transaction, figures?: readonly Figure[]) =>
  eachFigure(
    sql,
    (figure) =>
      `${figure} = nullif(coalesce(stored.${figure}, 0) + coalesce(excluded.${figure}, 0), 0)`,
    figures,
  );

/** `num_nonnulls(events, …) > 0`: whether a row of sums has any of these figures. */
export const hasFigures = (sql: Transaction, figures: readonly Figure[]) =>
  sql.unsafe(`num_nonnulls(${figures.join(", ")}) > 0`);
