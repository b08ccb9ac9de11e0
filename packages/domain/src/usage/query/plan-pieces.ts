import type { UsageDimension } from "@headcount/contract/usage/query-words";
import type { TimeRange } from "./cut-time.ts";
import { addDays, dateIn, startOfDate } from "./local-time.ts";
import { offsetStretches } from "./zone-offsets.ts";

/** Sums that are kept by few dimensions each. */
export type PivotName = "total" | "member" | "model" | "project" | "agent" | "every";

/** Where the figures of a piece are read: `buckets` are quarter hours with every dimension. */
export type PieceSource =
  | { readonly kind: "rollup"; readonly pivot: PivotName; readonly tier: "day" | "hour" }
  | { readonly kind: "buckets" }
  | { readonly kind: "ledger" };

/** A part of a range that is read from one place. */
export type Piece = TimeRange & { readonly source: PieceSource };

/** The finest distinction of time that rows make; `instant` is finer than any sum, `range` is none. */
export type TimeGrain = "instant" | "15min" | "hour" | "day" | "range";

export type PlanRequest = {
  readonly range: TimeRange;
  readonly zone: string;
  readonly grain: TimeGrain;
  /** Every dimension that rows or filters tell apart. */
  readonly dimensions: ReadonlySet<UsageDimension>;
  /** Whether sums per calendar day of this zone are kept. */
  readonly hasDays: boolean;
};

/** Narrowest first, with what each keeps apart. */
const pivotDimensions: readonly (readonly [PivotName, ReadonlySet<UsageDimension>])[] = [
  ["total", new Set()],
  ["project", new Set(["project"])],
  ["member", new Set(["member"])],
  ["agent", new Set(["runtime", "agent"])],
  ["model", new Set(["provider", "model", "role", "failure_class"])],
  [
    "every",
    new Set([
      "runtime",
      "agent",
      "project",
      "member",
      "provider",
      "model",
      "role",
      "failure_class",
    ]),
  ],
];
const pivotsWithHours: ReadonlySet<PivotName> = new Set(["total"]);
const quarterMs = 15 * 60_000;
const hourMs = 60 * 60_000;

/**
 * Where to read a range, so that the sum over the pieces is the sum over the ledger: whole local
 * days where they are kept, hours where nothing is told apart within them, quarter hours for the
 * rest, and the ledger itself for what is less than a quarter of an hour. The pieces lie side by
 * side, cover the range and never overlap.
 */
export function planPieces(request: PlanRequest): readonly Piece[] {
  const { range, grain } = request;
  const ledger = { kind: "ledger" } as const;
  const fromMs = Math.ceil(range.fromMs / quarterMs) * quarterMs;
  const toMs = Math.floor(range.toMs / quarterMs) * quarterMs;
  if (grain === "instant" || fromMs >= toMs) return [{ ...range, source: ledger }];
  const pieces: readonly Piece[] = [
    { fromMs: range.fromMs, toMs: fromMs, source: ledger },
    ...wholeQuarters({ ...request, range: { fromMs, toMs } }),
    { fromMs: toMs, toMs: range.toMs, source: ledger },
  ];
  return pieces.filter((piece) => piece.fromMs < piece.toMs);
}

function wholeQuarters(request: PlanRequest): readonly Piece[] {
  const { range, grain } = request;
  if (grain === "15min") return [{ ...range, source: { kind: "buckets" } }];
  const pivot = narrowestPivot(request.dimensions, () => true);
  const days = wholeDays(request);
  if (!request.hasDays || grain === "hour" || pivot === null || days === null) {
    return finerPieces(request, range, hoursFit(request));
  }
  return [
    // A part of one day lies in one row, whatever the zone's clocks do.
    ...finerPieces(request, { fromMs: range.fromMs, toMs: days.fromMs }, "fit"),
    { ...days, source: { kind: "rollup", pivot, tier: "day" } },
    ...finerPieces(request, { fromMs: days.toMs, toMs: range.toMs }, "fit"),
  ];
}

/** The pivot with the fewest rows that keeps all of these dimensions apart; null when none does. */
function narrowestPivot(
  dimensions: ReadonlySet<UsageDimension>,
  isUsable: (pivot: PivotName) => boolean,
): PivotName | null {
  const found = pivotDimensions.find(
    ([pivot, kept]) => isUsable(pivot) && [...dimensions].every((name) => kept.has(name)),
  );
  return found?.[0] ?? null;
}

/** The whole local days inside of the range. */
function wholeDays({ range, zone }: PlanRequest): TimeRange | null {
  const first = dateIn(zone, range.fromMs);
  const startMs = startOfDate(zone, first);
  const fromMs = startMs >= range.fromMs ? startMs : startOfDate(zone, addDays(first, 1));
  const toMs = startOfDate(zone, dateIn(zone, range.toMs));
  return fromMs < toMs ? { fromMs, toMs } : null;
}

/** Whether hours of UTC are told apart by no row: all in one, or the clocks show whole hours. */
function hoursFit({ grain, zone, range }: PlanRequest): "fit" | "cut" {
  if (grain === "range") return "fit";
  const isWhole = offsetStretches(zone, range).every(({ offsetMs }) => offsetMs % hourMs === 0);
  return isWhole ? "fit" : "cut";
}

function finerPieces(
  request: PlanRequest,
  range: TimeRange,
  hours: "fit" | "cut",
): readonly Piece[] {
  const pivot = narrowestPivot(request.dimensions, (name) => pivotsWithHours.has(name));
  const fromMs = Math.ceil(range.fromMs / hourMs) * hourMs;
  const toMs = Math.floor(range.toMs / hourMs) * hourMs;
  const buckets = { kind: "buckets" } as const;
  const pieces: readonly Piece[] =
    pivot === null || hours === "cut" || fromMs >= toMs
      ? [{ ...range, source: buckets }]
      : [
          { fromMs: range.fromMs, toMs: fromMs, source: buckets },
          { fromMs, toMs, source: { kind: "rollup", pivot, tier: "hour" } },
          { fromMs: toMs, toMs: range.toMs, source: buckets },
        ];
  return pieces.filter((piece) => piece.fromMs < piece.toMs);
}
