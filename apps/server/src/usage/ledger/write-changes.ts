import type { WorkspaceContext } from "../../platform/context.ts";
import type { Figure } from "../figures.ts";
import { appendTail } from "../rollups/append-tail.ts";
import type { Contribution } from "./ledger-part.ts";
import { meterKeyText } from "./meter.ts";
import { type EventChange, netChange } from "./net-change.ts";
import { openMeters } from "./open-meters.ts";
import { writeEvents } from "./store.ts";
import { keepPrices } from "./store-applied-prices.ts";
import { addToMeters } from "./store-meters.ts";

type Ctx = Pick<WorkspaceContext, "sql" | "workspaceId" | "now" | "newId" | "beforeCommit">;

/**
 * Brings events from what they were to what they are: the ledger, what meters show, and the net
 * change of every sum. The tasks or sessions of the events are locked, and their months are there.
 */
export async function writeChanges(ctx: Ctx, changes: readonly EventChange[]): Promise<void> {
  if (changes.length === 0) return;
  const all = changes.flatMap(({ before, after }) => (before ? [before, after] : [after]));
  const [meterIds, priceIds] = await Promise.all([
    openMeters(
      ctx,
      all.map((event) => event.meter),
    ),
    keepPrices(ctx, distinctPrices(changes)),
  ]);
  // The database writes the events while the sums are prepared here.
  await Promise.all([
    writeEvents(ctx, changes, { meterIds, priceIds }),
    writeSums(ctx, changes, meterIds),
  ]);
}

async function writeSums(
  ctx: Ctx,
  changes: readonly EventChange[],
  meterIds: ReadonlyMap<string, number>,
): Promise<void> {
  const { meters, buckets } = netChange(changes);
  const tail = buckets.map(({ meter, bucketAt, change }) => ({
    meterId: meterIds.get(meterKeyText(meter)) ?? 0,
    bucketAt,
    figures: figuresOf(change),
  }));
  await Promise.all([addToMeters(ctx, meters, meterIds), appendTail(ctx, tail)]);
}

function distinctPrices(changes: readonly EventChange[]) {
  const prices = changes.flatMap(({ after }) => after.parts.flatMap(({ price }) => price ?? []));
  return [...new Map(prices.map((price) => [price.identity, price])).values()];
}

function figuresOf(change: Contribution): Partial<Record<Figure, bigint>> {
  return {
    events: change.events,
    input: change.tokens.input,
    cache_read: change.tokens.cacheRead,
    cache_write_5m: change.tokens.cacheWrite5m,
    cache_write_1h: change.tokens.cacheWrite1h,
    output: change.tokens.output,
    reasoning: change.tokens.reasoning,
    cost_pico: change.costPico,
    notional_pico: change.notionalPico,
    cache_saved_pico: change.cacheSavedPico,
    priced_events: change.pricedEvents,
    unpriced_tokens: change.unpricedTokens,
  };
}
