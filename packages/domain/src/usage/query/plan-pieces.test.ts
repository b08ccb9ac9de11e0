import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { usageDimensions } from "@headcount/contract/usage/query-words";
import { dateIn, startOfDate } from "./local-time.ts";
import {
  type Piece,
  type PivotName,
  planPieces,
  type PlanRequest,
  type TimeGrain,
} from "./plan-pieces.ts";

const quarterMs = 15 * 60_000;
const hourMs = 4 * quarterMs;
const zones = [
  "UTC",
  "Asia/Kolkata",
  "Asia/Kathmandu",
  "America/New_York",
  "Europe/Berlin",
  "Australia/Lord_Howe",
  "Pacific/Chatham",
];
const grains: readonly TimeGrain[] = ["instant", "15min", "hour", "day", "range"];
const secondMs = 1_000;

/** On a quarter of an hour, or some seconds after it. */
const edge = (quarterAtMs: number): fc.Arbitrary<number> =>
  fc
    .oneof(fc.constant(0), fc.integer({ min: 1, max: quarterMs / secondMs - 1 }))
    .map((seconds) => quarterAtMs + seconds * secondMs);

const request: fc.Arbitrary<PlanRequest> = fc.record({
  zone: fc.constantFrom(...zones),
  grain: fc.constantFrom(...grains),
  hasDays: fc.boolean(),
  dimensions: fc
    .uniqueArray(fc.constantFrom(...usageDimensions), { maxLength: 3 })
    .map((names) => new Set(names)),
  range: fc
    .tuple(
      fc.integer({
        min: Date.UTC(2024, 0, 1) / quarterMs,
        max: Date.UTC(2027, 0, 1) / quarterMs,
      }),
      fc.oneof(fc.integer({ min: 1, max: 200 }), fc.integer({ min: 1, max: 40_000 })),
    )
    .chain(([first, length]) =>
      fc.record({
        fromMs: edge(first * quarterMs),
        toMs: edge((first + length) * quarterMs),
      }),
    ),
});

const kept: Readonly<Record<PivotName, readonly string[]>> = {
  total: [],
  member: ["member"],
  model: ["provider", "model", "role", "failure_class"],
  project: ["project"],
  agent: ["runtime", "agent"],
  every: usageDimensions.filter((name) => name !== "issue"),
};

/** Whether the rows of a piece's source lie inside of it and keep apart what is asked. */
function isReadable({ source, fromMs, toMs }: Piece, wanted: PlanRequest): boolean {
  if (source.kind === "ledger") return true;
  if (source.kind === "buckets") return fromMs % quarterMs === 0 && toMs % quarterMs === 0;
  const { grain, zone, hasDays, dimensions } = wanted;
  if (![...dimensions].every((name) => kept[source.pivot].includes(name))) return false;
  if (source.tier === "hour") {
    const isWhole = fromMs % hourMs === 0 && toMs % hourMs === 0;
    return isWhole && grain !== "15min" && source.pivot === "total";
  }
  const isMidnight = (atMs: number): boolean => startOfDate(zone, dateIn(zone, atMs)) === atMs;
  return hasDays && ["day", "range"].includes(grain) && isMidnight(fromMs) && isMidnight(toMs);
}

describe("planPieces", () => {
  it("covers the range once: pieces touch, none overlaps, none is empty", () => {
    fc.assert(
      fc.property(request, (wanted) => {
        const pieces = planPieces(wanted);
        const starts = pieces.map((piece) => piece.fromMs);
        const ends = pieces.map((piece) => piece.toMs);
        expect([...starts, wanted.range.toMs]).toEqual([wanted.range.fromMs, ...ends]);
        expect(pieces.every((piece) => piece.toMs > piece.fromMs)).toBe(true);
      }),
      { numRuns: 500 },
    );
  });

  it("reads sums only where their rows lie inside of the piece and keep what is asked apart", () => {
    fc.assert(
      fc.property(request, (wanted) => {
        const wrong = planPieces(wanted).filter((piece) => !isReadable(piece, wanted));
        expect(wrong).toEqual([]);
      }),
      { numRuns: 500 },
    );
  });

  const plan = (wanted: Partial<PlanRequest>): string[] =>
    planPieces({
      zone: "UTC",
      grain: "day",
      hasDays: true,
      dimensions: new Set(),
      range: { fromMs: Date.UTC(2026, 10, 1), toMs: Date.UTC(2026, 10, 22) },
      ...wanted,
    }).map(({ source }) =>
      source.kind === "rollup" ? `${source.pivot} ${source.tier}s` : source.kind,
    );

  it("takes the narrowest sums that keep apart what is asked", () => {
    expect(plan({})).toEqual(["total days"]);
    expect(plan({ dimensions: new Set(["model"]) })).toEqual(["model days"]);
    expect(plan({ dimensions: new Set(["runtime"]) })).toEqual(["agent days"]);
    expect(plan({ dimensions: new Set(["project", "model"]) })).toEqual(["every days"]);
    expect(plan({ dimensions: new Set(["agent", "failure_class"]) })).toEqual(["every days"]);
    expect(plan({ dimensions: new Set(["issue"]) })).toEqual(["buckets"]);
  });

  it("takes hours where days are not kept, but not below the zone's own hours", () => {
    expect(plan({ hasDays: false })).toEqual(["total hours"]);
    expect(plan({ grain: "hour" })).toEqual(["total hours"]);
    expect(plan({ hasDays: false, dimensions: new Set(["project"]) })).toEqual(["buckets"]);
    expect(plan({ hasDays: false, zone: "Asia/Kolkata" })).toEqual(["buckets"]);
    expect(plan({ hasDays: false, zone: "Asia/Kolkata", grain: "range" })).toEqual(["total hours"]);
  });

  it("fills the edges of a range with hours and quarter hours", () => {
    const range = { fromMs: Date.UTC(2026, 10, 1, 5, 45), toMs: Date.UTC(2026, 10, 9, 0, 30) };
    expect(plan({ range })).toEqual(["buckets", "total hours", "total days", "buckets"]);
  });

  it("reads the ledger itself for what is finer than a quarter of an hour", () => {
    expect(plan({ grain: "instant" })).toEqual(["ledger"]);
    const within = { fromMs: Date.UTC(2026, 10, 1, 5, 46), toMs: Date.UTC(2026, 10, 1, 6, 14, 59) };
    expect(plan({ range: within, grain: "range" })).toEqual(["ledger"]);
    const across = { fromMs: Date.UTC(2026, 10, 1, 5, 46), toMs: Date.UTC(2026, 10, 1, 7, 0, 1) };
    expect(plan({ range: across, grain: "range" })).toEqual(["ledger", "total hours", "ledger"]);
  });
});
