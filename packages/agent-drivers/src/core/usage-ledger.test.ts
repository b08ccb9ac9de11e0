import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { RunItem, UsageObservation } from "./types.ts";
import { disjointCounts, noUsage, usageClasses, type UsageCounts } from "./usage-counts.ts";
import { usageSince } from "./usage-delta.ts";
import { createUsageLedger, type UsageLedger } from "./usage-ledger.ts";

const main = { model: "m", provider: "p", role: "main" } as const;
const counts = (input: number, output = 0): UsageCounts => ({ ...noUsage, input, output });

function ledger(): UsageLedger {
  return createUsageLedger({ source: "test", scope: () => "cli:s-1" });
}

function usageOf(items: readonly RunItem[]): readonly UsageObservation[] {
  return items.flatMap((item) => (item.type === "usage" ? [item.usage] : []));
}

describe("disjoint classes", () => {
  const raw = {
    ...noUsage,
    input: 3550,
    cacheRead: 620,
    cacheWrite5m: 410,
    output: 62,
    reasoning: 20,
  };

  it.each([
    [{ inputIncludes: [], outputExcludesReasoning: false }, 3550, 62],
    [{ inputIncludes: ["cacheRead"], outputExcludesReasoning: false }, 2930, 62],
    [{ inputIncludes: ["cacheRead", "cacheWrite"], outputExcludesReasoning: true }, 2520, 82],
  ] as const)("%j", (rule, input, output) => {
    expect(disjointCounts(raw, rule)).toEqual({ ...raw, input, output });
  });

  it("never falls below zero when more was cached than sent", () => {
    const rule = { inputIncludes: ["cacheRead"], outputExcludesReasoning: false } as const;
    expect(disjointCounts({ ...noUsage, input: 5, cacheRead: 9 }, rule).input).toBe(0);
  });
});

describe("totals since a baseline", () => {
  const by = (entries: Record<string, number>): ReadonlyMap<string, UsageCounts> =>
    new Map(Object.entries(entries).map(([model, input]) => [model, counts(input)]));

  it("subtracts model by model", () => {
    const delta = usageSince(by({ a: 100 }), by({ a: 130, b: 7 }));
    expect(delta.baselineWrong).toBe(false);
    expect(delta.counts).toEqual(by({ a: 30, b: 7 }));
  });

  it("discards a baseline that is larger than the totals, or names a model they lack", () => {
    expect(usageSince(by({ a: 100 }), by({ a: 30 }))).toEqual({
      counts: by({ a: 30 }),
      baselineWrong: true,
    });
    expect(usageSince(by({ a: 1 }), by({ b: 5 })).baselineWrong).toBe(true);
  });
});

describe("usage ledger", () => {
  it("sends a cumulative record under one key that is made of facts", () => {
    const book = ledger();
    const first = usageOf(book.raise(main, counts(10, 1), { raw: null }));
    const second = usageOf(book.raise(main, counts(25, 3), { raw: null }));
    expect(first[0]).toMatchObject({ key: "cli:s-1:main:p:m", cumulative: true, input: 10 });
    expect(second[0]).toMatchObject({ key: first[0]?.key, cumulative: true, input: 25, output: 3 });
    expect(book.totals()).toMatchObject([{ model: "m", role: "main", input: 25, output: 3 }]);
  });

  it("sends nothing for a repetition or for nothing", () => {
    const book = ledger();
    expect(book.raise(main, noUsage, { raw: null })).toEqual([]);
    book.raise(main, counts(10), { raw: null });
    expect(book.raise(main, counts(10), { raw: null })).toEqual([]);
  });

  it("books a finished call once", () => {
    const book = ledger();
    expect(usageOf(book.call("c1", main, counts(10), { raw: null }))).toMatchObject([
      { key: "cli:s-1:call:c1", cumulative: false },
    ]);
    expect(book.call("c1", main, counts(10), { raw: null })).toEqual([]);
    book.call("c2", main, counts(5, 2), { raw: null });
    expect(book.totals()).toMatchObject([{ input: 15, output: 2 }]);
  });

  it("keeps a record that has a cost and no tokens", () => {
    const evidence = { raw: null, reportedCostUsd: "0.01", reportedCostBasis: "billed" } as const;
    expect(usageOf(ledger().call("c", main, noUsage, evidence))).toMatchObject([
      { reportedCostUsd: "0.01" },
    ]);
  });

  it("keeps roles of a model apart", () => {
    const book = ledger();
    book.raise(main, counts(10), { raw: null });
    book.raise({ ...main, role: "subagent" }, counts(4), { raw: null });
    expect(book.totals().map((entry) => [entry.role, entry.input])).toEqual([
      ["main", 10],
      ["subagent", 4],
    ]);
  });

  it("only ever lets a cumulative record grow", () => {
    const any = fc.record({
      input: fc.nat(100),
      cacheRead: fc.nat(100),
      cacheWrite5m: fc.nat(100),
      cacheWrite1h: fc.nat(100),
      output: fc.nat(100),
      reasoning: fc.nat(100),
    });
    fc.assert(
      fc.property(fc.array(any), (figures) => {
        const book = ledger();
        const sent = figures.flatMap((figure) => usageOf(book.raise(main, figure, { raw: null })));
        for (const [index, later] of sent.slice(1).entries()) {
          for (const name of usageClasses) {
            expect(later[name]).toBeGreaterThanOrEqual(sent[index]?.[name] ?? 0);
          }
        }
      }),
    );
  });

  it("keeps the first reason of the lowest level", () => {
    const book = ledger();
    expect(book.coverage()).toEqual({ level: "exact", reason: "" });
    book.degrade("partial", "first");
    book.degrade("partial", "second");
    expect(book.coverage()).toEqual({ level: "partial", reason: "first" });
    book.degrade("none", "nothing");
    book.degrade("partial", "late");
    expect(book.coverage()).toEqual({ level: "none", reason: "nothing" });
  });
});
