import { bucketOf } from "@headcount/domain/usage/buckets";
import type { TaskFigure } from "../figures.ts";
import type { TailRow } from "../rollups/tail-row.ts";

/** What is kept of a task: enough to say again what it adds to every sum. */
export type TaskFacts = {
  readonly meterId: number;
  readonly startedAt: Date | null;
  /** While it runs: when the lines that it has changed were measured last; null before that. */
  readonly endedAt: Date | null;
  /** Null until it has ended. */
  readonly outcome: "done" | "no_response" | "needs_input" | "failed" | "cancelled" | null;
  readonly runMs: bigint;
  readonly queueMs: bigint;
  readonly waitingMs: bigint;
  readonly linesAdded: bigint;
  readonly linesDeleted: bigint;
  readonly filesChanged: bigint;
};

type TaskFigures = Readonly<Record<TaskFigure, bigint>>;

const noFigures: TaskFigures = {
  tasks_started: 0n,
  tasks_done: 0n,
  tasks_no_response: 0n,
  tasks_needs_input: 0n,
  tasks_failed: 0n,
  tasks_cancelled: 0n,
  run_ms: 0n,
  queue_ms: 0n,
  waiting_ms: 0n,
  lines_added: 0n,
  lines_deleted: 0n,
  files_changed: 0n,
};

/** How the sums change when what is kept of a task becomes something else. */
export function taskTailRows(before: TaskFacts | null, after: TaskFacts): TailRow[] {
  const rows = new Map<string, { meterId: number; bucketAt: Date; figures: TaskFigures }>();
  const add = (facts: TaskFacts, sign: 1n | -1n): void => {
    for (const { bucketAt, figures } of contributionsOf(facts)) {
      const key = `${facts.meterId} ${bucketAt.getTime()}`;
      const known = rows.get(key)?.figures ?? noFigures;
      rows.set(key, { meterId: facts.meterId, bucketAt, figures: plus(known, figures, sign) });
    }
  };
  if (before) add(before, -1n);
  add(after, 1n);
  return [...rows.values()].filter((row) => Object.values(row.figures).some((sum) => sum !== 0n));
}

/**
 * A start counts when it happened, everything else when the task ended. The lines of a task that
 * still runs count when they were measured, so that sums know them before its end.
 */
function contributionsOf(facts: TaskFacts): { bucketAt: Date; figures: TaskFigures }[] {
  const { startedAt, endedAt, outcome } = facts;
  const started = startedAt
    ? [{ bucketAt: bucketOf(startedAt), figures: { ...noFigures, tasks_started: 1n } }]
    : [];
  if (endedAt === null) return started;
  const changed: TaskFigures = {
    ...noFigures,
    lines_added: facts.linesAdded,
    lines_deleted: facts.linesDeleted,
    files_changed: facts.filesChanged,
  };
  const ended: TaskFigures =
    outcome === null
      ? changed
      : {
          ...changed,
          [`tasks_${outcome}`]: 1n,
          run_ms: facts.runMs,
          queue_ms: facts.queueMs,
          waiting_ms: facts.waitingMs,
        };
  return [...started, { bucketAt: bucketOf(endedAt), figures: ended }];
}

function plus(sum: TaskFigures, amount: TaskFigures, sign: 1n | -1n): TaskFigures {
  const entries = Object.entries(sum) as [TaskFigure, bigint][];
  return Object.fromEntries(
    entries.map(([figure, known]) => [figure, known + sign * amount[figure]]),
    // Every figure of `sum` is there again.
  ) as TaskFigures;
}
