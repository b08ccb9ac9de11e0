import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  applyUsage,
  type AppliedUsage,
  type IncomingUsage,
  type LedgerRow,
  type UsageDelta,
} from "./apply-usage.ts";
import { chooseCost } from "./choose-cost.ts";
import { addTokens, mapTokens, type TokenCounts, totalTokens, zeroTokens } from "./token-counts.ts";

const tokens = (input: bigint, output = 0n): TokenCounts => ({ ...zeroTokens, input, output });
const record = (over: Partial<IncomingUsage> = {}): IncomingUsage => ({
  provider: "anthropic",
  model: "m",
  source: "stream",
  cumulative: false,
  revision: 0n,
  tokens: tokens(100n, 10n),
  reportedPico: null,
  reportedBasis: null,
  ...over,
});
const threePerToken = (counts: TokenCounts): bigint => totalTokens(counts) * 3n;
const noPrice = (): null => null;

function rowOf(applied: AppliedUsage): LedgerRow {
  if (applied.result === "stored" || applied.result === "corrected") return applied.row;
  throw new Error(`nothing was written: ${applied.result}`);
}

/** Applies records in turn and sums what every total would have moved by. */
function book(
  records: readonly IncomingUsage[],
  price: (counts: TokenCounts) => bigint | null,
): { readonly row: LedgerRow | null; readonly sum: UsageDelta } {
  let row: LedgerRow | null = null;
  let sum: UsageDelta = { events: 0, tokens: zeroTokens, costPico: 0n, unpricedTokens: 0n };
  for (const incoming of records) {
    const applied: AppliedUsage = applyUsage(row, incoming, price);
    if (applied.result !== "stored" && applied.result !== "corrected") continue;
    row = applied.row;
    sum = {
      events: (sum.events + applied.delta.events) as 0 | 1,
      tokens: addTokens(sum.tokens, applied.delta.tokens),
      costPico: sum.costPico + applied.delta.costPico,
      unpricedTokens: sum.unpricedTokens + applied.delta.unpricedTokens,
    };
  }
  return { row, sum };
}

describe("applyUsage", () => {
  it("stores the first record with its price", () => {
    expect(applyUsage(null, record(), threePerToken)).toMatchObject({
      result: "stored",
      delta: {
        events: 1,
        tokens: { input: 100n, output: 10n },
        costPico: 330n,
        unpricedTokens: 0n,
      },
    });
  });

  it("INV-19 changes nothing for a record that is there already", () => {
    for (const cumulative of [true, false]) {
      const stored = rowOf(applyUsage(null, record({ cumulative }), threePerToken));
      expect(applyUsage(stored, record({ cumulative }), threePerToken)).toEqual({
        result: "duplicate",
      });
    }
  });

  it("moves a running total by its increase only", () => {
    const stored = rowOf(applyUsage(null, record({ cumulative: true }), threePerToken));
    const grown = record({ cumulative: true, tokens: tokens(150n, 30n) });
    expect(applyUsage(stored, grown, () => 7n)).toMatchObject({
      result: "corrected",
      kind: "increase",
      previous: stored,
      row: { tokens: { input: 150n, output: 30n }, pricedPico: 337n },
      delta: { events: 0, tokens: { input: 50n, output: 20n }, costPico: 7n },
    });
    expect(
      applyUsage(rowOf(applyUsage(stored, grown, () => 7n)), record({ cumulative: true }), noPrice),
    ).toEqual({ result: "duplicate" });
  });

  it("replaces figures only for a higher revision, and keeps the old ones", () => {
    const stored = rowOf(applyUsage(null, record(), threePerToken));
    const lower = record({ tokens: tokens(40n) });
    expect(applyUsage(stored, lower, threePerToken)).toEqual({
      result: "rejected",
      reason: "values_conflict",
    });
    const corrected = applyUsage(stored, { ...lower, revision: 1n }, threePerToken);
    expect(corrected).toMatchObject({
      result: "corrected",
      kind: "correction",
      previous: { tokens: { input: 100n } },
      delta: { tokens: { input: -60n, output: -10n }, costPico: -210n },
    });
    expect(applyUsage(rowOf(corrected), record(), threePerToken)).toEqual({ result: "duplicate" });
  });

  it("corrects a running total downwards for a higher revision", () => {
    const stored = rowOf(applyUsage(null, record({ cumulative: true }), threePerToken));
    const less = record({ cumulative: true, tokens: tokens(10n), revision: 1n });
    expect(applyUsage(stored, less, threePerToken)).toMatchObject({
      kind: "correction",
      row: { tokens: { input: 10n, output: 0n }, pricedPico: 30n },
    });
  });

  it.each([{ source: "other" }, { model: "other" }, { provider: null }, { cumulative: true }])(
    "refuses a key that belongs to something else: %j",
    (over) => {
      const stored = rowOf(applyUsage(null, record(), threePerToken));
      expect(applyUsage(stored, record(over), threePerToken)).toEqual({
        result: "rejected",
        reason: "key_of_other_source",
      });
    },
  );

  it("counts tokens without a price apart, and never as free", () => {
    expect(applyUsage(null, record(), noPrice)).toMatchObject({
      delta: { costPico: 0n, unpricedTokens: 110n },
    });
  });

  it("gives back unpriced tokens when a cost is reported later", () => {
    const stored = rowOf(applyUsage(null, record({ cumulative: true }), noPrice));
    const reported = record({ cumulative: true, reportedPico: 5n, reportedBasis: "estimated" });
    expect(applyUsage(stored, reported, noPrice)).toMatchObject({
      delta: { costPico: 5n, unpricedTokens: -110n, tokens: zeroTokens },
    });
  });

  const counts = fc
    .tuple(...Array.from({ length: 6 }, () => fc.bigInt({ min: 0n, max: 10n ** 9n })))
    .map((values) => {
      const members = ["input", "cacheRead", "cacheWrite5m", "cacheWrite1h", "output", "reasoning"];
      return mapTokens((member) => values[members.indexOf(member)] ?? 0n);
    });

  it("INV-19 any order and repetition of a growing total ends at its maximum", () => {
    const history = fc
      .array(counts, { minLength: 1, maxLength: 6 })
      .map((steps) =>
        steps.map((_, index) => steps.slice(0, index + 1).reduce(addTokens, zeroTokens)),
      );
    const shuffled = history.chain((totals) =>
      fc.tuple(
        fc.constant(totals),
        fc.array(fc.nat({ max: totals.length - 1 }), { maxLength: 20 }),
        fc.shuffledSubarray(
          totals.map((_, index) => index),
          { minLength: totals.length },
        ),
      ),
    );
    fc.assert(
      fc.property(shuffled, ([totals, repeats, order]) => {
        const arrivals = [...repeats, ...order, ...repeats].map((index) =>
          record({ cumulative: true, tokens: totals[index] ?? zeroTokens }),
        );
        const { row, sum } = book(arrivals, threePerToken);
        const end = totals.at(-1) ?? zeroTokens;
        expect(row?.tokens).toEqual(end);
        expect(sum).toEqual({
          events: 1,
          tokens: end,
          costPico: totalTokens(end) * 3n,
          unpricedTokens: 0n,
        });
      }),
    );
  });

  it("what the totals moved by is always what the row counts for", () => {
    const any = fc.record({
      tokens: counts,
      revision: fc.bigInt({ min: 0n, max: 3n }),
      reportedPico: fc.option(fc.bigInt({ min: 1n, max: 10n ** 12n }), { nil: null }),
      reportedBasis: fc.constantFrom("billed", "estimated"),
    });
    fc.assert(
      fc.property(fc.boolean(), fc.array(any, { minLength: 1 }), (cumulative, list) => {
        const price = (tokensToPrice: TokenCounts): bigint | null =>
          tokensToPrice.input % 3n === 0n ? null : totalTokens(tokensToPrice);
        const { row, sum } = book(
          list.map((over) => record({ ...over, cumulative })),
          price,
        );
        if (row === null) throw new Error("the first record is always stored");
        const counted = chooseCost(row);
        expect(sum).toEqual({
          events: 1,
          tokens: row.tokens,
          costPico: counted.countedPico,
          unpricedTokens: counted.unpricedTokens,
        });
      }),
    );
  });
});

describe("chooseCost", () => {
  const some = { ...zeroTokens, input: 4n };
  const nothing = { reportedPico: null, reportedBasis: null, pricedPico: 0n, unpricedTokens: 0n };
  const billed = { ...nothing, reportedPico: 9n, reportedBasis: "billed" } as const;
  const estimated = { ...billed, reportedBasis: "estimated" } as const;

  it.each([
    [{ ...billed, tokens: some, pricedPico: 5n }, 9n, "billed"],
    [{ ...estimated, tokens: some, pricedPico: 5n }, 5n, "priced"],
    [{ ...estimated, tokens: some, pricedPico: 0n }, 0n, "priced"],
    [{ ...estimated, tokens: some, unpricedTokens: 4n }, 9n, "reported_estimate"],
    [{ ...estimated, tokens: zeroTokens }, 9n, "reported_estimate"],
    [{ ...nothing, tokens: some, unpricedTokens: 4n }, 0n, "unpriced"],
    [{ ...nothing, tokens: zeroTokens }, 0n, "priced"],
  ] as const)("billed, then priced, then estimated: %o", (facts, countedPico, basis) => {
    expect(chooseCost(facts)).toMatchObject({ countedPico, basis });
  });
});
