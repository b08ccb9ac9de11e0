import { usageBooking } from "@headcount/server/usage/ledger/usage-booking";
import { waitFor } from "@headcount/testkit/wait-for";
import { percentile, progress } from "../lib/figures.ts";
import type { BenchMachine, Fleet } from "./fleet.ts";
import { type LiveTask, startLiveTasks } from "./live-tasks.ts";
import type { Books } from "./open-books.ts";
import { callsPerTask, createReporter, slots } from "./reporter.ts";
import { runWorker } from "./run-worker.ts";

export type IngestJob = {
  readonly url: string;
  readonly batch: number;
  readonly seconds: number;
  readonly reporters: readonly { readonly machine: BenchMachine; readonly tasks: LiveTask[] }[];
};

export type IngestReport = {
  readonly events: number;
  readonly elapsedMs: number;
  /** Of each batch, from its sending to its answer. */
  readonly latenciesMs: readonly number[];
};

export type IngestPlan = {
  /** `direct`: the route's own work in the server's process. `http`: over loopback, from another process. */
  readonly way: "direct" | "http";
  /** All machines in the busiest workspace, or each in one of its own. */
  readonly place: "hot" | "spread";
  readonly clients: number;
  readonly batch: number;
  readonly seconds: number;
};

export type IngestResult = IngestPlan & {
  readonly eventsPerSecond: number;
  readonly batchP95Ms: number;
  /** Of the server's log, until everything was folded. */
  readonly walBytesPerEvent: number;
};

/** Some machines get more turns than others, so more is prepared than is sent. */
const mostEventsPerSecond = 100_000;

/** Sends usage for some seconds, as fast as the answers come, and waits until all of it is folded. */
export async function measureIngest(
  books: Books,
  fleet: Fleet,
  plan: IngestPlan,
): Promise<IngestResult> {
  const reporters = await prepare(books, fleet, plan);
  const before = await walPosition(books);
  const { batch, seconds } = plan;
  const job: IngestJob = { url: books.url, batch, seconds, reporters };
  const report =
    plan.way === "http"
      ? await runWorker<IngestReport>({ ...job, kind: "ingest" })
      : await sendDirectly(books, job);
  await folded(books);
  const written = (await walPosition(books)) - before;
  const eventsPerSecond = (report.events / report.elapsedMs) * 1_000;
  const { way, place, clients } = plan;
  progress(`  ${way} ${place} ${clients} × ${batch}: ${Math.round(eventsPerSecond)} events/s`);
  return {
    ...plan,
    eventsPerSecond,
    batchP95Ms: percentile(report.latenciesMs, 0.95),
    walBytesPerEvent: Number(written) / report.events,
  };
}

async function prepare(
  books: Books,
  fleet: Fleet,
  { place, clients, batch, seconds }: IngestPlan,
): Promise<IngestJob["reporters"]> {
  // A single client never comes near; every slot holds a task of its own.
  const expected = (Math.min(mostEventsPerSecond, 2_000 * batch) * seconds) / clients;
  const count = Math.ceil(expected / callsPerTask) + 2 * slots;
  const reporters: { machine: BenchMachine; tasks: LiveTask[] }[] = [];
  for (const [index, machine] of fleet.machines.slice(0, clients).entries()) {
    const spread = fleet.workspaces[index % fleet.workspaces.length] ?? fleet.hot;
    const workspace = place === "hot" ? fleet.hot : spread;
    reporters.push({ machine, tasks: await startLiveTasks(books, { workspace, machine, count }) });
  }
  // As the server's own housekeeping does within a minute.
  await books.owner`analyze issues, tasks`;
  return reporters;
}

async function sendDirectly(books: Books, job: IngestJob): Promise<IngestReport> {
  const latenciesMs: number[] = [];
  let events = 0;
  const startedAt = performance.now();
  const endsAt = startedAt + job.seconds * 1_000;
  await Promise.all(
    job.reporters.map(async ({ machine, tasks }) => {
      const reporter = createReporter(machine, tasks);
      while (performance.now() < endsAt) {
        const sentAt = performance.now();
        const usage = reporter.next(job.batch);
        const results = await books.together(usageBooking, reporter.workspaceId, usage);
        const stored = results.filter(({ result }) => result === "stored").length;
        if (stored !== usage.length) throw new Error(`${stored} of ${usage.length} were stored`);
        events += stored;
        latenciesMs.push(performance.now() - sentAt);
      }
    }),
  );
  return { events, elapsedMs: performance.now() - startedAt, latenciesMs };
}

async function walPosition({ owner }: Books): Promise<bigint> {
  const [row] = await owner<{ bytes: string }[]>`
    select pg_wal_lsn_diff(pg_current_wal_insert_lsn(), '0/0')::text as bytes`;
  return BigInt(row?.bytes ?? 0);
}

async function folded({ owner }: Books): Promise<void> {
  await waitFor(
    async () => {
      const [row] = await owner`select 1 from usage_tail limit 1`;
      return row === undefined;
    },
    { describe: "everything to be folded", timeoutMs: 120_000 },
  );
}
