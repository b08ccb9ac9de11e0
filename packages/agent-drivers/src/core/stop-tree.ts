import { setTimeout as sleep } from "node:timers/promises";
import { lookAtProcesses, type ProcessLook, takeLook } from "./look-at-processes.ts";
import {
  descendantsOf,
  listProcesses,
  markedProcesses,
  type ProcessEntry,
  type ProcessIdentity,
} from "./process-tree.ts";

export type TreeTarget = {
  /** Leader of the run, when it is known. */
  readonly leader: ProcessIdentity | null;
  /** Marker of the run: finds processes that no longer descend from the leader. */
  readonly marker: string | null;
};

export type StopTreeOptions = {
  /** Seen earlier and perhaps re-parented since. */
  readonly remembered?: readonly ProcessEntry[];
  /** Time between TERM and KILL. */
  readonly termGraceMs?: number;
};

/** With the talk before it short enough for a whole platform to stop within ten seconds. */
const defaultTermGraceMs = 3_000;
const pollMs = 20;
const killRounds = 50;

/**
 * Ends every process of a run: the leader, everything below it, and everything that carries its
 * marker. Tools live in sessions of their own, so every distinct group gets its signal. Resolves
 * with what could not be ended, which is empty unless the system refuses.
 */
export async function stopTree(
  target: TreeTarget,
  options: StopTreeOptions = {},
): Promise<readonly ProcessIdentity[]> {
  let seen = new Map((options.remembered ?? []).map((entry) => [identityKey(entry), entry]));
  const living = async (): Promise<readonly ProcessEntry[]> => {
    const look = await lookAtProcesses();
    const { entries } = look;
    seen = remember(seen, membersOf(target, seen, look));
    return entries.filter((entry) => seen.has(identityKey(entry)) && !isOurOwn(entry, entries));
  };

  const deadline = performance.now() + (options.termGraceMs ?? defaultTermGraceMs);
  const termed = new Set<string>();
  let left = await living();
  while (left.length > 0 && performance.now() < deadline) {
    const fresh = left.filter((entry) => !termed.has(identityKey(entry)));
    signalGroups(fresh, "SIGTERM");
    for (const entry of fresh) termed.add(identityKey(entry));
    await sleep(pollMs);
    left = await living();
  }
  for (let round = 0; left.length > 0 && round < killRounds; round += 1) {
    killAll(left);
    await sleep(pollMs);
    left = await living();
  }
  return left.map(({ pid, startTime }) => ({ pid, startTime }));
}

/** Ends what is left of a run whose processes are known by nothing but their marker. */
export function stopTreeByMarker(marker: string): Promise<readonly ProcessIdentity[]> {
  return stopTree({ leader: null, marker });
}

/** Everything that belongs to the run now; remembered while its leader may still name it. */
export function treeMembers(target: TreeTarget): readonly ProcessEntry[] {
  return membersOf(target, new Map(), takeLook());
}

function membersOf(
  target: TreeTarget,
  seen: ReadonlyMap<string, ProcessEntry>,
  { entries, environmentOf }: ProcessLook,
): readonly ProcessEntry[] {
  const { leader, marker } = target;
  const young = startedSince(leader, entries);
  const marked = marker === null ? [] : markedProcesses(marker, young, environmentOf);
  const roots = entries.filter(
    (entry) =>
      seen.has(identityKey(entry)) ||
      (leader !== null && entry.pid === leader.pid && entry.startTime === leader.startTime),
  );
  const grouped = leader === null ? [] : groupOf(leader, entries);
  const known = [...roots, ...marked, ...grouped];
  return [...known, ...known.flatMap((root) => descendantsOf(root.pid, entries))];
}

/** What is older than the leader cannot be of its run: most of a machine need not be looked into. */
function startedSince(
  leader: ProcessIdentity | null,
  entries: readonly ProcessEntry[],
): readonly ProcessEntry[] {
  const since = Number(leader?.startTime);
  return Number.isNaN(since) ? entries : entries.filter((one) => Number(one.startTime) >= since);
}

/** Members of the leader's group, unless its number belongs to another process by now. */
function groupOf(
  leader: ProcessIdentity,
  entries: readonly ProcessEntry[],
): readonly ProcessEntry[] {
  const reused = entries.some(
    (entry) => entry.pid === leader.pid && entry.startTime !== leader.startTime,
  );
  return reused ? [] : entries.filter((entry) => entry.groupId === leader.pid);
}

function remember(
  seen: ReadonlyMap<string, ProcessEntry>,
  found: readonly ProcessEntry[],
): Map<string, ProcessEntry> {
  const next = new Map(seen);
  for (const entry of found) next.set(identityKey(entry), entry);
  return next;
}

/** One signal per group; a group we are in ourselves is signalled process by process. */
function signalGroups(entries: readonly ProcessEntry[], name: NodeJS.Signals): void {
  const ownGroup = listProcesses().find((entry) => entry.pid === process.pid)?.groupId;
  for (const [group, members] of Map.groupBy(entries, (entry) => entry.groupId)) {
    const whole = group > 1 && group !== ownGroup;
    if (whole) signal(-group, name);
    else for (const member of members) signal(member.pid, name);
  }
}

/**
 * Whole groups first: the system ends a group at one stroke, so that nothing in it can fork while
 * the others are being ended. A group that holds anybody else is left to the single signals.
 */
function killAll(entries: readonly ProcessEntry[]): void {
  const ours = new Set(entries.map(identityKey));
  const now = Map.groupBy(listProcesses(), (entry) => entry.groupId);
  for (const group of new Set(entries.map((entry) => entry.groupId))) {
    const members = now.get(group) ?? [];
    const isOurs = members.every((entry) => ours.has(identityKey(entry)));
    if (group > 1 && members.length > 0 && isOurs) signal(-group, "SIGKILL");
  }
  for (const entry of entries) signal(entry.pid, "SIGKILL");
}

function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch {
    // Gone between the look and the signal, which is what was wanted.
  }
}

/** The process that does the stopping and its ancestors are never part of a run. */
function isOurOwn(entry: ProcessEntry, entries: readonly ProcessEntry[]): boolean {
  const parents = new Map(entries.map((other) => [other.pid, other.parentPid]));
  for (let pid: number | undefined = process.pid; pid !== undefined && pid > 0;) {
    if (entry.pid === pid) return true;
    pid = parents.get(pid);
  }
  return false;
}

function identityKey(entry: ProcessIdentity): string {
  return `${entry.pid}@${entry.startTime}`;
}
