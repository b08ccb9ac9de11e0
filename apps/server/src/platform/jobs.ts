import type { WorkspaceId } from "@headcount/contract/kit/ids";
import type { Actor, Services, WorkspaceContext } from "./context.ts";
import type { Database, Sql } from "./database.ts";
import type { TransactionRunner } from "./transactions.ts";
import type { WorkspaceDirectory } from "./workspace-directory.ts";
import { pause } from "./pause.ts";

/**
 * Work that the server does by itself. A `workspace` job runs once per workspace, each in a
 * transaction of its own; a `global` job once. Every run repeats its predicates in its writes and
 * is bounded, so that replicas and interruptions do no harm.
 */
export type Job =
  | {
      readonly name: string;
      readonly everySeconds: number;
      readonly scope: "workspace";
      readonly run: (ctx: WorkspaceContext) => Promise<void>;
    }
  | {
      readonly name: string;
      readonly everySeconds: number;
      readonly scope: "global";
      readonly run: (ctx: { sql: Sql; now: Date; services: Services }) => Promise<void>;
    };

export type JobParts = {
  readonly database: Database;
  readonly services: Services;
  readonly runner: TransactionRunner;
  readonly directory: WorkspaceDirectory;
};

export type JobRunner = {
  /** Runs one job now, whatever its schedule: for tests and for the sweep at start. */
  runNow(name: string): Promise<void>;
  run(stop: AbortSignal): Promise<void>;
};

const noRequest = { ipPrefix: null, userAgent: "" } as const;

/** Ticks every second and starts what is due; `job_runs` decides which replica does it. */
export function createJobRunner(parts: JobParts, jobs: readonly Job[]): JobRunner {
  const byName = new Map(jobs.map((job) => [job.name, job]));
  return {
    async runNow(name) {
      const job = byName.get(name);
      if (!job) throw new Error(`There is no job ${name}`);
      await runJob(parts, job);
    },
    async run(stop) {
      const lastPlanned = new Map<string, number>();
      while (!stop.aborted) {
        for (const job of jobs) {
          const planned =
            Math.floor(parts.services.now().getTime() / 1000 / job.everySeconds) * job.everySeconds;
          if (lastPlanned.get(job.name) === planned) continue;
          lastPlanned.set(job.name, planned);
          await runPlanned(parts, job, new Date(planned * 1000));
        }
        await pause(1_000, stop);
      }
    },
  };
}

/** The first process to insert the planned run has it. */
async function runPlanned(parts: JobParts, job: Job, plannedAt: Date): Promise<void> {
  try {
    const [mine] = await parts.database.pool`
      insert into job_runs (job, scope, planned_at, started_at)
      values (${job.name}, 'all', ${plannedAt}, ${parts.services.now()})
      on conflict do nothing returning job`;
    if (!mine) return;
    const startedAt = performance.now();
    const error = await runJob(parts, job).then(
      () => null,
      (cause: unknown) => String(cause),
    );
    const seconds = (performance.now() - startedAt) / 1_000;
    parts.services.metrics.observe("headcount_job_seconds", seconds, {
      job: job.name,
      result: error === null ? "done" : "failed",
    });
    if (error) parts.services.log.error({ job: job.name, error }, "job failed");
    await parts.database.pool`
      update job_runs set ended_at = ${parts.services.now()}, error = ${error}
      where job = ${job.name} and scope = 'all' and planned_at = ${plannedAt}`;
  } catch (error) {
    parts.services.log.warn({ err: error, job: job.name }, "could not record a job run");
  }
}

async function runJob(parts: JobParts, job: Job): Promise<void> {
  if (job.scope === "global") {
    return job.run({
      sql: parts.database.pool,
      now: parts.services.now(),
      services: parts.services,
    });
  }
  const failures: unknown[] = [];
  for (const workspaceId of await parts.directory.list()) {
    await runInWorkspace(parts, workspaceId, job).catch((error: unknown) => failures.push(error));
  }
  if (failures.length > 0)
    throw new AggregateError(failures, `${job.name} failed in ${failures.length} workspaces`);
}

async function runInWorkspace(
  parts: JobParts,
  workspaceId: WorkspaceId,
  job: Extract<Job, { scope: "workspace" }>,
): Promise<void> {
  const actor: Actor = { kind: "system", job: job.name };
  await parts.runner.inWorkspace({
    workspaceId,
    mode: "write",
    request: noRequest,
    resolveActor: async () => actor,
    run: job.run,
  });
}
