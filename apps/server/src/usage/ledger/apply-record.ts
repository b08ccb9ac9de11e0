import {
  applyUsage,
  type IncomingUsage,
  type LedgerRow,
} from "@headcount/domain/usage/apply-usage";
import { bucketOf } from "@headcount/domain/usage/buckets";
import type { PriceBook } from "@headcount/domain/usage/price-book";
import { priceEvent } from "@headcount/domain/usage/price-event";
import { subtractTokens, type TokenCounts } from "@headcount/domain/usage/token-counts";
import { growParts } from "./grow-parts.ts";
import { type LedgerEvent, type LedgerPart, wholeOf } from "./ledger-part.ts";
import type { MeterDimensions } from "./meter.ts";

/** A checked record with everything that it is booked to. */
export type BookableUsage = {
  /** Event id, see `eventIdOf`. */
  readonly id: string;
  readonly meter: MeterDimensions;
  readonly usedAt: Date;
  readonly raw: unknown;
  readonly incoming: IncomingUsage;
};

export type AppliedRecord =
  | { readonly result: "stored"; readonly event: LedgerEvent }
  | {
      readonly result: "corrected";
      readonly event: LedgerEvent;
      /** What a correction replaces; null when a running total has only grown. */
      readonly replaced: LedgerRow | null;
    }
  | { readonly result: "duplicate" }
  | { readonly result: "rejected"; readonly reason: string };

/** Largest figure that a column of money holds. */
const mostPico = 9_000_000_000_000_000_000n;

type Pricing = Pick<LedgerPart, "price" | "isEstimate" | "cacheSavedPico">;
const unpriced: Pricing = { price: null, isEstimate: false, cacheSavedPico: 0n };

/**
 * Applies one record to the rows under its key. What a running total has grown by is a row of its
 * own at the time it was used, so a chart shows each call where it was and a run over midnight
 * counts on both days; a correction replaces the rows by one in the place of the first.
 */
export function applyRecord(
  stored: LedgerEvent | null,
  record: BookableUsage,
  book: PriceBook,
): AppliedRecord {
  let pricing = unpriced;
  const applied = applyUsage(stored && wholeOf(stored), record.incoming, (tokens) => {
    const price = priceOf(book, record, tokens);
    if (price.unpriced) return null;
    pricing = {
      price: { identity: price.priceId, rates: price.rates },
      isEstimate: price.estimate,
      cacheSavedPico: price.cacheSavedPico,
    };
    return price.costPico;
  });
  if (applied.result === "duplicate" || applied.result === "rejected") return applied;
  if (isTooLarge(applied.row)) return { result: "rejected", reason: "cost_too_large" };
  const added = { bucketAt: bucketOf(record.usedAt), usedAt: record.usedAt, raw: record.raw };
  if (stored === null || applied.result === "stored") {
    const part = { part: 0, ...added, ...pricing, ...figuresOf(applied.row) };
    return { result: "stored", event: eventOf({ ...record, earlier: null }, applied.row, [part]) };
  }
  if (applied.kind === "correction") {
    const { part, bucketAt, usedAt } = stored.parts[0] ?? { part: 0, ...added };
    const replacement = { part, raw: record.raw, bucketAt, usedAt, ...pricing };
    const meter = { ...stored.meter, role: record.meter.role };
    const parts = [{ ...replacement, ...figuresOf(applied.row) }];
    return {
      result: "corrected",
      event: eventOf({ id: stored.id, meter, earlier: null }, applied.row, parts),
      replaced: applied.previous,
    };
  }
  const grownBy = increaseOf(applied.previous, applied.row);
  const parts = growParts(stored, { ...added, ...pricing, ...grownBy });
  return { result: "corrected", event: eventOf(stored, applied.row, parts), replaced: null };
}

function priceOf(
  book: PriceBook,
  record: BookableUsage,
  tokens: TokenCounts,
): ReturnType<typeof priceEvent> {
  const { provider, model, cumulative } = record.incoming;
  const calls = cumulative ? "several" : "one";
  return priceEvent(book, { provider, model, at: record.usedAt, tokens, calls });
}

function isTooLarge(row: LedgerRow): boolean {
  const reported = row.reportedPico ?? 0n;
  return row.pricedPico > mostPico || reported > mostPico || row.unpricedTokens > mostPico;
}

function eventOf(
  { id, meter, earlier }: Pick<LedgerEvent, "id" | "meter" | "earlier">,
  { cumulative, revision }: LedgerRow,
  parts: readonly LedgerPart[],
): LedgerEvent {
  return { id, meter, cumulative, revision, parts, earlier };
}

type Figures = Pick<
  LedgerPart,
  "tokens" | "pricedPico" | "unpricedTokens" | "reportedPico" | "reportedBasis"
>;

function figuresOf(row: LedgerRow): Figures {
  const { tokens, pricedPico, unpricedTokens, reportedPico, reportedBasis } = row;
  return { tokens, pricedPico, unpricedTokens, reportedPico, reportedBasis };
}

function increaseOf(before: LedgerRow, after: LedgerRow): Figures {
  return {
    tokens: subtractTokens(after.tokens, before.tokens),
    pricedPico: after.pricedPico - before.pricedPico,
    unpricedTokens: after.unpricedTokens - before.unpricedTokens,
    reportedPico:
      after.reportedPico === null ? null : after.reportedPico - (before.reportedPico ?? 0n),
    reportedBasis: after.reportedBasis,
  };
}
