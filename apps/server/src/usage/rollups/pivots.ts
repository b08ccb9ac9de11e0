/**
 * Dimensions that are kept apart together; the narrowest that answers a question is read. `total`
 * keeps nothing apart, `every` all that a task has.
 */
export const pivots = ["total", "model", "agent", "project", "member", "every"] as const;
export type Pivot = (typeof pivots)[number];

/** Pivots that are also kept per hour; the others are kept per day alone. */
export const hourPivots: readonly Pivot[] = ["total"];

/** Rows of `usage_series` to which a meter adds, one per pivot. */
export type SeriesOfMeter = Readonly<Record<`${Pivot}Series`, number>>;

/** One combination of dimensions of a pivot; what the pivot does not keep apart is null. */
export type Series = {
  readonly pivot: Pivot;
  readonly runtimeId: string | null;
  readonly agentId: string | null;
  readonly projectId: string | null;
  readonly memberId: string | null;
  readonly provider: string | null;
  readonly model: string | null;
  readonly role: string | null;
  readonly failureClass: string | null;
};

/** SQL: the columns of meters that name their series. */
export const seriesColumns = pivots.map((pivot) => `${pivot}_series`).join(", ");

/** SQL: `('total', m.total_series), …` of a meter `m`, for a list of values. */
export const seriesByPivot = pivots.map((pivot) => `('${pivot}', m.${pivot}_series)`).join(", ");
