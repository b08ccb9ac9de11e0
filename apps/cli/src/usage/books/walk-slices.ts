import { setTimeout as sleep } from "node:timers/promises";
import type { BooksComparison, UsageDifference } from "@headcount/contract/usage/books-schemas";
import type { Cli } from "../../cli.ts";
import { countProgress } from "../../output/count-progress.ts";
import { type BooksSlice, planSlices } from "./plan-slices.ts";
import { askedDays, type SliceOptions, sleepMs } from "./slice-options.ts";

/** Differences beyond this number are counted by nobody. */
const mostDifferences = 1_000;

/**
 * Goes through the books part by part, each with a request of its own, so that nothing is held up
 * however much there is.
 * @param look what is done with one part
 * @returns the sum over all parts
 */
export async function walkSlices<Found extends BooksComparison>(
  cli: Cli,
  options: SliceOptions,
  look: (workspace: string, slice: BooksSlice) => Promise<Found>,
): Promise<{
  readonly sum: BooksComparison;
  readonly found: readonly Omit<Found, "differences">[];
}> {
  const asked = askedDays(options, new Date().toISOString().slice(0, 10));
  const restMs = sleepMs(options);
  const workspace = await cli.workspace();
  const slices = planSlices(await cli.call("usage.bounds", { workspace }), asked);
  const progress = countProgress(cli, slices.length);
  const differences: UsageDifference[] = [];
  const found: Omit<Found, "differences">[] = [];
  try {
    for (const [done, slice] of slices.entries()) {
      progress.show(done, `${nameOf(slice)}, ${differences.length} differences so far`);
      const { differences: more, ...counts } = await look(workspace, slice);
      found.push(counts);
      differences.push(...more.slice(0, mostDifferences - differences.length));
      if (restMs > 0) await sleep(restMs, undefined, { signal: cli.io.signal });
    }
  } finally {
    progress.end();
  }
  const total = (of: "ledgerEvents" | "rollupRows"): number =>
    found.reduce((sum, counts) => sum + counts[of], 0);
  return {
    sum: { ledgerEvents: total("ledgerEvents"), rollupRows: total("rollupRows"), differences },
    found,
  };
}

function nameOf(slice: BooksSlice): string {
  if ("from" in slice) return slice.from;
  return "budgets" in slice ? "budgets" : `meters of ${slice.metersOf}`;
}
