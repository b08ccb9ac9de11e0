import { setTimeout as delay } from "node:timers/promises";
import { live } from "@headcount/contract/live/routes";
import { type Product, workspace } from "../../tests/support/start-product.ts";

/** A call that no other traffic of a minute is mistaken for. */
export const probeTokens = 5_000_000;
/** All probes have to fit into the minute that the gauge shows, also on a slow machine. */
export const mostProbesMs = 42_000;
const naivePollMs = 2_000;

/** How many of the probes a look counted, and when it was answered or shown. */
export type Seen = { readonly atMs: number; readonly count: number };

export const probesIn = (tokens: number): number => Math.floor(tokens / probeTokens);

/** How long to wait before the next probe: not in step with the half second in which a page asks at most once. */
export const pauseAfter = (probe: number): Promise<void> => delay(1_300 + ((probe * 377) % 900));

/** Looks once, as a page does. */
export async function look(product: Product): Promise<Seen> {
  const { gauges } = await product.call(live.snapshot, { workspace, tz: "UTC" });
  return { atMs: Date.now(), count: probesIn(Number(gauges.oneMinute.tokens.total)) };
}

/** What a page without a feed would do. */
export async function pollLooks(
  product: Product,
  seen: Seen[],
  signal: AbortSignal,
): Promise<void> {
  while (!signal.aborted) {
    seen.push(await look(product));
    await delay(naivePollMs, undefined, { signal }).catch(() => undefined);
  }
}

/** Milliseconds from each report to the first look that counted as many. */
export function delays(sentAt: readonly number[], seen: readonly Seen[]): readonly number[] {
  return sentAt.map((at, index) => {
    const first = seen.find(({ atMs, count }) => atMs >= at && count > index);
    return (first?.atMs ?? Number.POSITIVE_INFINITY) - at;
  });
}
