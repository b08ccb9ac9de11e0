import type { LineChanges } from "@headcount/contract/tasks/line-changes";
import path from "node:path";
import { messageOf, type Log } from "../log.ts";
import { listCheckouts } from "../runs/check-out-repositories.ts";
import { isThere } from "../state/is-there.ts";
import type { RunDirectories } from "../runs/run-directories.ts";
import { type ChangeBase, ChangeMeter } from "./change-meter.ts";

const beginMs = 60_000;

/** Meter of a run that worked below this root. */
export function meterAt(root: string, bases: readonly ChangeBase[] = []): ChangeMeter {
  return new ChangeMeter(path.join(root, ".changes"), bases);
}

/**
 * Notes how the run finds its folders: every checkout, or the work directory itself where there is
 * none. A folder that cannot be measured keeps no run from being started; null then.
 */
export async function beginMeasuring(
  directories: RunDirectories,
  stop: AbortSignal,
  log: Log,
): Promise<ChangeMeter | null> {
  const signal = AbortSignal.any([stop, AbortSignal.timeout(beginMs)]);
  const meter = meterAt(directories.root);
  try {
    const checkouts = await listCheckouts(directories.root);
    const folders = await measurable(directories, checkouts);
    for (const folder of folders) await meter.include(folder, signal);
    return meter;
  } catch (error) {
    log("warn", "changes of a run cannot be measured", { error: messageOf(error) });
    return null;
  }
}

/** A person's folder without Git may hold anything: all of it would have to be copied. */
async function measurable(
  directories: RunDirectories,
  checkouts: readonly string[],
): Promise<readonly string[]> {
  const { work, root } = directories;
  const isOwn = work === directories.checkouts;
  if (isOwn) return checkouts.length === 0 ? [work] : checkouts;
  const isMeasurable = work.startsWith(root) || (await isThere(path.join(work, ".git")));
  return isMeasurable ? [work, ...checkouts] : checkouts;
}

/** Counts a checkout that the run has asked for as well, from how it is now. */
export async function alsoMeasure(
  meter: ChangeMeter | null,
  directory: string,
  log: Log,
): Promise<void> {
  try {
    await meter?.include(directory, AbortSignal.timeout(beginMs));
  } catch (error) {
    log("warn", "changes of a checkout cannot be measured", { error: messageOf(error) });
  }
}

/** What the run has changed; undefined where that cannot be said. */
export async function measuredChanges(
  meter: ChangeMeter | null,
  log: Log,
  limitMs: number,
): Promise<LineChanges | undefined> {
  if (meter === null) return undefined;
  try {
    return await meter.measure(AbortSignal.timeout(limitMs));
  } catch (error) {
    log("warn", "changes of a run could not be measured", { error: messageOf(error) });
    return undefined;
  }
}
