import { describe, expect, it } from "vitest";
import { nastyCorpus } from "./nasty-corpus.ts";
import type { ExpectedModel } from "./support/nasty-row.ts";
import { openBooks } from "../support/books/open-books.ts";
import { type BookedModel, mapTokens } from "../support/books/read-pivots.ts";

describe("known ways to miscount", () => {
  it.each(nastyCorpus)("$trap", async (row) => {
    await using books = await openBooks(row.startsAt ?? "2026-10-14T09:00:00Z");
    await row.feed(books);
    const pivots = await books.pivots(row.zone);
    const { models, costUsd, days, tasks } = row.expects;
    const expected = models.map(inFull);
    expect(pivots.byModel.toSorted(byName)).toEqual(expected.toSorted(byName));
    const total = mapTokens((name) => expected.reduce((sum, model) => sum + model[name], 0n));
    for (const [pivot, sum] of Object.entries(pivots.totals)) {
      expect(sum, `the sum of ${pivot}`).toEqual(total);
    }
    for (const [pivot, cost] of Object.entries(pivots.costs)) {
      expect(cost, `the cost of ${pivot}`).toBe(costUsd);
    }
    expect(pivots.days).toEqual(days === undefined ? pivots.days : bigints(days));
    expect(pivots.tasks).toBe(tasks ?? pivots.tasks);
    expect(pivots.differences).toEqual([]);
  });
});

function inFull(model: ExpectedModel): BookedModel {
  return {
    provider: model.provider,
    model: model.model,
    costUsd: model.costUsd,
    ...mapTokens((name) => BigInt(model[name] ?? 0)),
    unpricedTokens: BigInt(model.unpricedTokens ?? 0),
  };
}

function bigints(days: Readonly<Record<string, number>>): Readonly<Record<string, bigint>> {
  return Object.fromEntries(Object.entries(days).map(([day, tokens]) => [day, BigInt(tokens)]));
}

function byName(left: BookedModel, right: BookedModel): number {
  return nameOf(left).localeCompare(nameOf(right));
}

function nameOf({ provider, model }: BookedModel): string {
  return `${provider} ${model}`;
}
