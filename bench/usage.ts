import { type Figure, printFigures, progress } from "./lib/figures.ts";
import { measureActs } from "./usage/acts.ts";
import { describeActs, describeIngest, describeReads, describeSizes } from "./usage/describe.ts";
import type { Fleet } from "./usage/fleet.ts";
import { type IngestPlan, type IngestResult, measureIngest } from "./usage/ingest.ts";
import { makeFleet } from "./usage/make-fleet.ts";
import { makeHistory } from "./usage/make-history.ts";
import type { Measured } from "./usage/measured.ts";
import {
  makeNaiveTables,
  measureNaiveIngest,
  measureNaiveReads,
  type NaiveIngest,
} from "./usage/naive.ts";
import { type Books, openBooks } from "./usage/open-books.ts";
import { readOptions, type UsageBenchOptions } from "./usage/options.ts";
import { dashboards, hourDashboards, measureReads, rangesInDays } from "./usage/reads.ts";
import { readSizes } from "./usage/sizes.ts";

/** A history of its own size in a fresh database, and what it takes to ask, to change and to add. */
async function measureHistory(events: number, options: UsageBenchOptions): Promise<Measured> {
  progress(`a history of ${events} events`);
  await using books = await openBooks();
  const fleet = await makeFleet(books);
  await makeHistory(books, fleet, events);
  const sizes = await readSizes(books);
  progress("dashboards");
  const { rounds } = options;
  const workspace = fleet.hot;
  const reads = [
    ...(await measureReads(books, fleet, {
      workspace,
      asked: dashboards,
      days: rangesInDays,
      rounds,
    })),
    ...(await measureReads(books, fleet, {
      workspace,
      asked: hourDashboards,
      days: [30, 90],
      rounds,
    })),
  ];
  const naiveReads = await measureNaiveReads(books, fleet);
  if (events !== options.events.at(-1)) {
    return { sizes, reads, naiveReads, ingest: [], naiveIngest: [], acts: null };
  }
  progress("moves, deletes, comparing and repairing");
  const acts = await measureActs(books, fleet);
  progress("ingest");
  const { ingest, naiveIngest } = await measureAllIngest(books, fleet, options);
  return { sizes, reads, naiveReads, ingest, naiveIngest, acts };
}

async function measureAllIngest(
  books: Books,
  fleet: Fleet,
  options: UsageBenchOptions,
): Promise<Pick<Measured, "ingest" | "naiveIngest">> {
  await makeNaiveTables(books);
  const ingest: IngestResult[] = [];
  for (const plan of plansOf(options)) ingest.push(await measureIngest(books, fleet, plan));
  const naiveIngest: NaiveIngest[] = [];
  for (const clients of [1, 4, 16]) {
    naiveIngest.push(await measureNaiveIngest(books, fleet, { clients, seconds: options.seconds }));
  }
  return { ingest, naiveIngest };
}

/** The first one warms up and is measured again later. */
function plansOf({ matrix, seconds, sustainedSeconds }: UsageBenchOptions): IngestPlan[] {
  const ways = ["direct", "http"] as const;
  const sustained = ways.flatMap((way) =>
    [4, 16].map(
      (clients): IngestPlan => ({
        way,
        place: "hot",
        clients,
        batch: 100,
        seconds: sustainedSeconds,
      }),
    ),
  );
  const isSustained = (plan: IngestPlan): boolean =>
    plan.place === "hot" && plan.batch === 100 && plan.clients > 1;
  const others = ways.flatMap((way) =>
    (["hot", "spread"] as const).flatMap((place) =>
      [1, 4, 16].flatMap((clients) =>
        (matrix === "full" ? [1, 10, 100, 1_000] : [100]).map(
          (batch): IngestPlan => ({ way, place, clients, batch, seconds }),
        ),
      ),
    ),
  );
  return [...sustained, ...others.filter((plan) => !isSustained(plan))];
}

export async function benchUsage(options: UsageBenchOptions): Promise<Figure[]> {
  const measured: Measured[] = [];
  for (const events of options.events) measured.push(await measureHistory(events, options));
  const [first, last] = [measured[0], measured.at(-1)];
  if (!first || !last) throw new Error("Nothing was measured");
  return [
    ...describeIngest(last),
    ...describeReads(first, last),
    ...(last.acts ? describeActs(last.acts) : []),
    ...describeSizes(last),
  ];
}

if (import.meta.main) printFigures(await benchUsage(readOptions()));
