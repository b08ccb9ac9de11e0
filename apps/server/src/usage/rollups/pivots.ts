import type { MeterDimensions } from "../ledger/meter.ts";

/** Dimensions that are kept apart together; the narrowest that answers a question is read. */
export const pivots = ["model", "agent", "project", "member"] as const;
export type Pivot = (typeof pivots)[number];

/** Pivots that are also kept per hour; the others are kept per day alone. */
export const hourPivots: readonly Pivot[] = ["model", "agent"];

/** Rows of `usage_series` to which a meter adds, one per pivot. */
export type SeriesOfMeter = Readonly<Record<`${Pivot}Series`, number>>;

/** One combination of dimensions of a pivot; what the pivot does not keep apart is null. */
export type Series = {
  readonly pivot: Pivot;
  readonly kind: MeterDimensions["kind"];
  readonly runtimeId: string | null;
  readonly agentId: string | null;
  readonly projectId: string | null;
  readonly memberId: string | null;
  readonly provider: string | null;
  readonly model: string | null;
  readonly role: string | null;
  readonly failureClass: string | null;
};
