import { addTokens, subtractTokens, zeroTokens } from "@headcount/domain/usage/token-counts";
import { type Contribution, contributionOf, type LedgerEvent } from "./ledger-part.ts";
import { type MeterDimensions, meterKeyText } from "./meter.ts";

/** An event before and after a transaction. */
export type EventChange = { readonly before: LedgerEvent | null; readonly after: LedgerEvent };

/** What a meter changes by inside one bucket. */
export type BucketChange = {
  readonly meter: MeterDimensions;
  readonly bucketAt: Date;
  readonly change: Contribution;
};

/** What a meter changes by altogether. */
export type MeterChange = {
  readonly meter: MeterDimensions;
  readonly lastUsedAt: Date;
  readonly change: Contribution;
};

const nothing: Contribution = {
  events: 0n,
  tokens: zeroTokens,
  costPico: 0n,
  notionalPico: 0n,
  cacheSavedPico: 0n,
  pricedEvents: 0n,
  unpricedTokens: 0n,
};

/** The net change of every sum, one entry per meter, and one per meter and bucket. */
export function netChange(changes: readonly EventChange[]): {
  readonly meters: readonly MeterChange[];
  readonly buckets: readonly BucketChange[];
} {
  const meters = new Map<string, MeterChange>();
  const buckets = new Map<string, BucketChange>();
  const book = (event: LedgerEvent, sign: 1n | -1n): void => {
    const { meter } = event;
    const meterKey = meterKeyText(meter);
    for (const part of event.parts) {
      const amount = contributionOf(part, meter.billingMode);
      const { bucketAt, usedAt } = part;
      const total = meters.get(meterKey);
      meters.set(meterKey, {
        meter,
        lastUsedAt: total !== undefined && total.lastUsedAt > usedAt ? total.lastUsedAt : usedAt,
        change: plus(total?.change ?? nothing, amount, sign),
      });
      const bucketKey = `${bucketAt.getTime()} ${meterKey}`;
      const sum = buckets.get(bucketKey)?.change ?? nothing;
      buckets.set(bucketKey, { meter, bucketAt, change: plus(sum, amount, sign) });
    }
  };
  for (const { before, after } of changes) {
    if (before) book(before, -1n);
    book(after, 1n);
  }
  return {
    meters: [...meters.values()].filter(({ change }) => isChange(change)),
    buckets: [...buckets.values()].filter(({ change }) => isChange(change)),
  };
}

function plus(sum: Contribution, amount: Contribution, sign: 1n | -1n): Contribution {
  return {
    events: sum.events + sign * amount.events,
    tokens:
      sign === 1n
        ? addTokens(sum.tokens, amount.tokens)
        : subtractTokens(sum.tokens, amount.tokens),
    costPico: sum.costPico + sign * amount.costPico,
    notionalPico: sum.notionalPico + sign * amount.notionalPico,
    cacheSavedPico: sum.cacheSavedPico + sign * amount.cacheSavedPico,
    pricedEvents: sum.pricedEvents + sign * amount.pricedEvents,
    unpricedTokens: sum.unpricedTokens + sign * amount.unpricedTokens,
  };
}

function isChange({ tokens, ...figures }: Contribution): boolean {
  return [...Object.values(figures), ...Object.values(tokens)].some((figure) => figure !== 0n);
}
