import { isDeepStrictEqual } from "node:util";
import type { LineChanges } from "@headcount/contract/tasks/line-changes";
import type { Log } from "../log.ts";
import { pause } from "../pause.ts";
import type { ChangeMeter } from "./change-meter.ts";
import { measuredChanges } from "./measure-run.ts";

export type FollowOptions = {
  readonly intervalMs: number;
  /** Called with the totals whenever they are others than before. */
  readonly report: (changes: LineChanges) => void;
  readonly log: Log;
};

const limitMs = 60_000;
/** Of the time of a run at most a tenth goes into looking at its files. */
const shareOfTime = 10;

/**
 * Tells again and again what a run has changed so far, so that a daemon that is killed takes no
 * more with it than what happened since it looked last. The caller measures once more at the end.
 *
 * @returns ends it; resolves when nothing of it runs any more
 */
export function followChanges(meter: ChangeMeter, options: FollowOptions): () => Promise<void> {
  const stop = new AbortController();
  const following = follow(meter, options, stop.signal);
  return async () => {
    stop.abort();
    await following;
  };
}

async function follow(
  meter: ChangeMeter,
  { intervalMs, report, log }: FollowOptions,
  signal: AbortSignal,
): Promise<void> {
  let last: LineChanges = { linesAdded: 0, linesDeleted: 0, filesChanged: 0 };
  let pauseMs = intervalMs;
  for (;;) {
    await pause(pauseMs, signal);
    if (signal.aborted) return;
    const startedAt = performance.now();
    const changes = await measuredChanges(meter, log, limitMs);
    if (changes !== undefined && !isDeepStrictEqual(changes, last)) {
      report(changes);
      last = changes;
    }
    pauseMs = Math.max(intervalMs, (performance.now() - startedAt) * shareOfTime);
  }
}
