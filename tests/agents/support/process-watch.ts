import { commandOf, processFile, processIds } from "../../support/process-files.ts";

const lookEveryMs = 150;

/** Sees what comes of a process: its children and theirs, also after the ones between have ended. */
export type ProcessWatch = Disposable & {
  /** Everything that was ever seen below the process and still lives, one line for each. */
  readonly living: () => readonly string[];
};

type Seen = { readonly pid: number; readonly startedAt: string };
type Entry = Seen & { readonly parent: number; readonly isAlive: boolean };

/**
 * Looks at all processes of the machine several times a second and keeps those that descend from
 * a process, by id and start time: a child that outlives its parents belongs to nobody any more,
 * and carries no marker when it was started without its environment. Linux only.
 *
 * @param rootNow the process at this moment; it may be another one after a restart
 */
export function watchDescendants(rootNow: () => number): ProcessWatch {
  const seen = new Map<string, Seen>();
  const look = (): readonly Entry[] => {
    const all = allProcesses();
    const byPid = new Map(all.map((entry) => [entry.pid, entry]));
    const root = rootNow();
    for (const entry of all) {
      if (entry.pid !== root && descends(entry, { byPid, root, seen }))
        seen.set(keyOf(entry), entry);
    }
    return all;
  };
  const timer = setInterval(look, lookEveryMs);
  timer.unref();
  return {
    living() {
      const root = rootNow();
      return look()
        .filter((entry) => entry.isAlive && entry.pid !== root && seen.has(keyOf(entry)))
        .map(({ pid }) => `${pid} ${commandOf(pid)}`);
    },
    [Symbol.dispose]: () => clearInterval(timer),
  };
}

type Family = {
  readonly byPid: ReadonlyMap<number, Entry>;
  readonly root: number;
  readonly seen: ReadonlyMap<string, Seen>;
};

function descends(entry: Entry, { byPid, root, seen }: Family): boolean {
  for (let at: Entry | undefined = entry; at !== undefined; at = byPid.get(at.parent)) {
    if (at.pid === root || seen.has(keyOf(at))) return true;
  }
  return false;
}

function keyOf({ pid, startedAt }: Seen): string {
  return `${pid} ${startedAt}`;
}

function allProcesses(): readonly Entry[] {
  return processIds().flatMap((pid) => {
    const stat = processFile(pid, "stat");
    if (stat === "") return [];
    // Fields 3 (state), 4 (parent) and 22 (start) of proc(5); the name before them may hold blanks.
    const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    const [state = "", parent = "0"] = fields;
    const startedAt = fields[19] ?? "";
    return [{ pid, parent: Number(parent), startedAt, isAlive: !/[ZX]/.test(state) }];
  });
}
