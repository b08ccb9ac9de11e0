import { atLeast, atMost, fact, type Figure, percentile } from "../lib/figures.ts";
import type { Acts } from "./acts.ts";
import type { IngestResult } from "./ingest.ts";
import type { Measured } from "./measured.ts";
import { rangesInDays, type Reading, spreadOf } from "./reads.ts";
import { zones } from "./make-history.ts";

/** Rates of ingest, those with a target first. */
export function describeIngest({ ingest, naiveIngest }: Measured): Figure[] {
  const naiveOf = (clients: number): number =>
    naiveIngest.find((one) => one.clients === clients)?.eventsPerSecond ?? Number.NaN;
  const rateOf = (clients: number): number =>
    ingest.find((one) => isMain(one) && one.clients === clients)?.eventsPerSecond ?? Number.NaN;
  const main = ingest.filter(isMain).map((one) => {
    const measured = { name: nameOf(one), value: one.eventsPerSecond, unit: "events/s" };
    return atLeast({ ...measured, target: 15_000, baseline: naiveOf(one.clients) });
  });
  const others = ingest.filter((one) => !isMain(one));
  const wal = ingest.filter(isMain).map((one) => one.walBytesPerEvent);
  return [
    ...main,
    ...[4, 16].map((clients) =>
      atLeast({
        name: `ingest, times one upsert per event, ${clients} clients`,
        value: rateOf(clients) / naiveOf(clients),
        unit: "×",
        target: 5,
        baseline: null,
      }),
    ),
    atLeast({
      name: "ingest, 16 clients compared with 4",
      value: rateOf(16) / rateOf(4),
      unit: "×",
      // What the same measurement differs by from run to run.
      target: 0.95,
      baseline: null,
    }),
    atMost({
      name: "write-ahead log per event, batches of 100",
      value: Math.max(...wal),
      unit: "bytes",
      target: 700,
      baseline: null,
    }),
    ...ingest.filter(isMain).map((one) =>
      fact({
        name: `${nameOf(one)}, a batch answered (p95)`,
        value: one.batchP95Ms,
        unit: "ms",
        baseline: null,
        better: "smaller",
      }),
    ),
    ...others.map((one) =>
      fact({
        name: nameOf(one),
        value: one.eventsPerSecond,
        unit: "events/s",
        baseline: one.way === "direct" && one.place === "hot" ? naiveOf(one.clients) : null,
        better: "larger",
      }),
    ),
  ];
}

/** What the target is about: the busiest workspace, batches of 100, several machines at once. */
const isMain = ({ way, place, clients, batch }: IngestResult): boolean =>
  way === "direct" && place === "hot" && batch === 100 && clients > 1;

function nameOf({ way, place, clients, batch, seconds }: IngestResult): string {
  const where = place === "hot" ? "one workspace" : "spread";
  const how = way === "http" ? "over HTTP" : "in the server";
  return `ingest ${how}, ${where}, ${clients} × ${batch}, ${seconds} s`;
}

/** How long questions take on the largest history, and how that grew. */
export function describeReads(first: Measured, last: Measured): Figure[] {
  const { reads, sizes, naiveReads } = last;
  const daily = reads.filter(({ dashboard }) => !isByHour(dashboard));
  const of = (from: readonly Reading[], days: number): readonly Reading[] =>
    from.filter((reading) => reading.days === days);
  const size = inMillions(sizes.events);
  const bound = { 90: [15, 25], 365: [40, null] } as Readonly<
    Record<number, readonly [number, number | null]>
  >;
  const ranges = rangesInDays.flatMap((days) => {
    const readings = of(daily, days);
    const [inDatabase = null, overHttp = null] = bound[days] ?? [];
    return [
      { where: "databaseMs", title: "in the database", target: inDatabase },
      { where: "httpMs", title: "over HTTP", target: overHttp },
    ].map(({ where, title, target }) => {
      const { p95 } = spreadOf(readings, where === "httpMs" ? "httpMs" : "databaseMs");
      const name = `dashboards, ${days} days, ${size} events, ${title} (p95)`;
      const told = {
        name,
        value: p95,
        unit: "ms",
        baseline: days === 90 ? naiveReads.groupByP50Ms : null,
      };
      return target === null ? fact({ ...told, better: "smaller" }) : atMost({ ...told, target });
    });
  });
  const growth =
    spreadOf(of(daily, 90), "databaseMs").p50 /
    spreadOf(
      of(
        first.reads.filter(({ dashboard }) => !isByHour(dashboard)),
        90,
      ),
      "databaseMs",
    ).p50;
  const grown = `dashboards, 90 days, ${size} events compared with ${inMillions(first.sizes.events)} (median)`;
  return [
    ...ranges,
    ...(first === last
      ? []
      : [atMost({ name: grown, value: growth, unit: "×", target: 1.5, baseline: null })]),
    ...zones.map((zone) =>
      factOf(
        `dashboards, 90 days, ${zone} (p95)`,
        of(daily, 90).filter((reading) => reading.zone === zone),
      ),
    ),
    ...[...Map.groupBy(of(reads, 90), (reading) => reading.dashboard)].map(
      ([dashboard, readings]) => factOf(`${dashboard}, 90 days (p95)`, readings),
    ),
    fact({
      name: "counting a day anew from its events",
      value: naiveReads.recomputeDayMs,
      unit: "ms",
      baseline: null,
      better: "smaller",
    }),
  ];
}

const isByHour = (dashboard: string): boolean => dashboard.startsWith("by hour");

function factOf(name: string, readings: readonly Reading[]): Figure {
  const value = percentile(
    readings.flatMap((reading) => reading.databaseMs),
    0.95,
  );
  return fact({ name, value, unit: "ms", baseline: null, better: "smaller" });
}

export function describeActs(acts: Acts): Figure[] {
  const told = (name: string, value: number): Figure =>
    fact({ name, value, unit: "ms", baseline: null, better: "smaller" });
  return [
    atMost({
      name: `moving an issue with ${Math.round(acts.eventsMoved)} events, over HTTP (p95)`,
      value: acts.moveP95Ms,
      unit: "ms",
      target: 50,
      baseline: null,
    }),
    told("deleting such an issue, over HTTP (p95)", acts.deleteP95Ms),
    told(`comparing a workspace of ${acts.verifiedEvents} events`, acts.verifySmallMs),
    told(`comparing a month with ${acts.eventsOfMonth} events`, acts.verifyMonthMs),
    told(`repairing ${acts.repairedRows} lost sums of a month`, acts.rebuildMonthMs),
  ];
}

export function describeSizes({ sizes }: Measured): Figure[] {
  const { events, ledger, meters, buckets, rollups } = sizes;
  const perEvent = (bytes: number): number => bytes / events;
  const part = (name: string, bytes: number): Figure =>
    fact({ name, value: perEvent(bytes), unit: "bytes/event", baseline: null, better: "smaller" });
  return [
    atMost({
      name: "ledger, events and meters with their indexes",
      value: perEvent(ledger + meters),
      unit: "bytes/event",
      target: 250,
      baseline: null,
    }),
    atMost({
      name: "sums compared with the ledger",
      value: ((buckets + rollups) / (ledger + meters)) * 100,
      unit: "%",
      target: 10,
      baseline: null,
    }),
    part("events alone", ledger),
    part("meters alone", meters),
    part("sums per quarter of an hour", buckets),
    part("sums per hour and day", rollups),
  ];
}

function inMillions(events: number): string {
  return `${Number((events / 1_000_000).toPrecision(2))} M`;
}
