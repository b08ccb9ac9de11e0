import type { InputOf } from "@headcount/contract/kit/route";
import { daemon } from "@headcount/contract/daemon/routes";
import type { ReportedUsage } from "@headcount/server/usage/ledger/check-record";
import type { IngestJob, IngestReport } from "./ingest.ts";
import { createReporter, type Reporter } from "./reporter.ts";
import type { ReadsJob, ReadsReport } from "./reads.ts";

/**
 * What other machines do, in a process of its own: sends batches of usage, or asks for dashboards.
 * Takes one job from its parent and answers with what it has measured.
 */
type Job = (IngestJob & { kind: "ingest" }) | (ReadsJob & { kind: "reads" });

process.once("message", (job: Job) => {
  const done = job.kind === "ingest" ? ingest(job) : read(job);
  done.then(
    (report) => process.send?.(report, () => process.disconnect()),
    (error: unknown) => {
      console.error(error);
      process.exit(1);
    },
  );
});

async function ingest(job: IngestJob): Promise<IngestReport> {
  const reporters = job.reporters.map(({ machine, tasks }) => createReporter(machine, tasks));
  const startedAt = performance.now();
  const endsAt = startedAt + job.seconds * 1_000;
  const latenciesMs: number[] = [];
  let events = 0;
  const report = async (reporter: Reporter): Promise<void> => {
    while (performance.now() < endsAt) {
      const sentAt = performance.now();
      const usage = reporter.next(job.batch);
      const records = usage.map(toRecord(reporter));
      const stored = await deliver(job.url, reporter.machine.token, records);
      events += stored;
      latenciesMs.push(performance.now() - sentAt);
    }
  };
  await Promise.all(reporters.map(report));
  return { events, elapsedMs: performance.now() - startedAt, latenciesMs };
}

type OutboxRecord = InputOf<typeof daemon.outbox>["records"][number];

let sequence = 0;

const toRecord =
  ({ workspaceId }: Reporter) =>
  ({ taskId, lease, ageMs, body }: ReportedUsage): OutboxRecord => ({
    workspaceId,
    taskId,
    lease,
    sequence: (sequence += 1),
    kind: "usage",
    ageMs,
    body,
  });

/** @returns how many were stored: all of them, or the measurement is none */
async function deliver(url: string, token: string, records: OutboxRecord[]): Promise<number> {
  const reply = await fetch(`${url}${daemon.outbox.path}`, {
    method: "POST",
    headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
    body: JSON.stringify({ records }),
  });
  const { acknowledgements } = (await reply.json()) as { acknowledgements: { result: string }[] };
  const stored = acknowledgements.filter(({ result }) => result === "stored").length;
  if (stored !== records.length) throw new Error(`${stored} of ${records.length} were stored`);
  return stored;
}

async function read({ url, token, paths, rounds }: ReadsJob): Promise<ReadsReport> {
  const latenciesMs: number[][] = paths.map(() => []);
  for (let round = 0; round <= rounds; round += 1) {
    for (const [index, path] of paths.entries()) {
      const startedAt = performance.now();
      const reply = await fetch(`${url}${path}`, { headers: { authorization: `Bearer ${token}` } });
      await reply.arrayBuffer();
      if (!reply.ok) throw new Error(`${path} answered ${reply.status}`);
      // The first round fills caches and prepares statements.
      if (round > 0) latenciesMs[index]?.push(performance.now() - startedAt);
    }
  }
  return { latenciesMs };
}
