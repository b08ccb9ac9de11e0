import { addTokens, subtractTokens, zeroTokens } from "@headcount/domain/usage/token-counts";
import { type Contribution, contributionOf, type LedgerEvent } from "./ledger-part.ts";
import { type MeterDimensions, meterKeyText } from "./meter.ts";

/** An event before and after a transaction. */
export type EventChange = { readonly before: LedgerEvent | null; readonly after: LedgerEvent };

/** Whether an event is counted by another meter than it was. */
export function isMoved(before: LedgerEvent, after: LedgerEvent): boolean {
  return meterKeyText(before.meter) !== meterKeyText(after.meter);
}

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
  const sums = new Map<string, MeterChange & BucketChange>();
  const book = (event: LedgerEvent, sign: 1n | -1n): void => {
    const { meter } = event;
    const meterKey = meterKeyText(meter);
    for (const part of event.parts) {
      const amount = contributionOf(part, meter.billingMode);
      const { bucketAt, usedAt } = part;
      const key = `${bucketAt.getTime()} ${meterKey}`;
      const known = sums.get(key);
      const change = plus(known?.change ?? nothing, amount, sign);
      const lastUsedAt = later(known?.lastUsedAt, usedAt);
      sums.set(key, { meter, bucketAt, lastUsedAt, change });
    }
  };
  for (const { before, after } of changes) {
    if (before) book(before, -1n);
    book(after, 1n);
  }
  const buckets = [...sums.values()];
  return {
    meters: perMeter(buckets).filter(({ change }) => isChange(change)),
    buckets: buckets.filter(({ change }) => isChange(change)),
  };
}

function perMeter(buckets: readonly MeterChange[]): readonly MeterChange[] {
  const meters = new Map<string, MeterChange>();
  for (const { meter, lastUsedAt, change } of buckets) {
    const key = meterKeyText(meter);
    const known = meters.get(key);
    meters.set(key, {
      meter,
      lastUsedAt: later(known?.lastUsedAt, lastUsedAt),
      change: plus(known?.change ?? nothing, change, 1n),
    });
  }
  return [...meters.values()];
}

const later = (known: Date | undefined, instant: Date): Date =>
  known !== undefined && known > instant ? known : instant;

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
