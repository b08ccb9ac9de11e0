import type { RepricingPreview } from "@headcount/contract/usage/price-schemas";
import { formatUsd, parseUsd } from "@headcount/domain/usage/money";

type Sums = Pick<
  RepricingPreview,
  "events" | "tokens" | "costBeforeUsd" | "costAfterUsd" | "notionalBeforeUsd" | "notionalAfterUsd"
>;

/** Two pages of one preview as one. */
export function addPreviews(a: RepricingPreview, b: RepricingPreview): RepricingPreview {
  return {
    ...addSums(a, b),
    examined: a.examined + b.examined,
    byModel: merged([...a.byModel, ...b.byModel], (one, other) => ({
      ...one,
      ...addSums(one, other),
      prices: [...new Set([...one.prices, ...other.prices])],
    })),
    withoutPrice: merged([...a.withoutPrice, ...b.withoutPrice], (one, other) => ({
      ...one,
      events: one.events + other.events,
      tokens: addCounts(one.tokens, other.tokens),
    })),
    nextCursor: b.nextCursor,
  };
}

function merged<Row extends { readonly provider: string; readonly model: string }>(
  rows: readonly Row[],
  add: (one: Row, other: Row) => Row,
): Row[] {
  const byModel = new Map<string, Row>();
  for (const row of rows) {
    const key = JSON.stringify([row.provider, row.model]);
    const known = byModel.get(key);
    byModel.set(key, known ? add(known, row) : row);
  }
  return [...byModel.values()];
}

function addSums(a: Sums, b: Sums): Sums {
  return {
    events: a.events + b.events,
    tokens: addCounts(a.tokens, b.tokens),
    costBeforeUsd: addUsd(a.costBeforeUsd, b.costBeforeUsd),
    costAfterUsd: addUsd(a.costAfterUsd, b.costAfterUsd),
    notionalBeforeUsd: addUsd(a.notionalBeforeUsd, b.notionalBeforeUsd),
    notionalAfterUsd: addUsd(a.notionalAfterUsd, b.notionalAfterUsd),
  };
}

function addCounts(a: number | string, b: number | string): number | string {
  const sum = BigInt(a) + BigInt(b);
  return sum <= BigInt(Number.MAX_SAFE_INTEGER) ? Number(sum) : sum.toString();
}

function addUsd(a: string, b: string): string {
  const [one, other] = [parseUsd(a), parseUsd(b)];
  if (!one.ok || !other.ok) throw new Error(`No amounts: ${a}, ${b}`);
  return formatUsd(one.value + other.value);
}
