import { execFileSync } from "node:child_process";
import { readFileSync, readdirSync } from "node:fs";

/** A process at one moment. `startTime` tells it from a later one with the same number. */
export type ProcessEntry = {
  readonly pid: number;
  readonly parentPid: number;
  readonly groupId: number;
  /** Clock ticks since boot (Linux) or the text of `lstart`; only ever compared for equality. */
  readonly startTime: string;
};

export type ProcessIdentity = Pick<ProcessEntry, "pid" | "startTime">;

/** Name of the variable that marks every process of a run. */
export const markerVariable = "HEADCOUNT_RUN";

/** Every living process; those that only wait to be reaped are left out. */
export function listProcesses(): readonly ProcessEntry[] {
  return process.platform === "linux" ? listFromProc() : listFromPs();
}

/** The process with this number, or null when it is gone. */
export function findProcess(pid: number): ProcessEntry | null {
  if (process.platform === "linux") return readProcStat(pid);
  return listFromPs().find((entry) => entry.pid === pid) ?? null;
}

/** Identity of a process that was just started; it may have ended already. */
export function identifyProcess(pid: number): ProcessIdentity {
  return { pid, startTime: findProcess(pid)?.startTime ?? "ended" };
}

/** All children, grandchildren and so on of a process, without itself. */
export function descendantsOf(
  pid: number,
  entries: readonly ProcessEntry[],
): readonly ProcessEntry[] {
  const children = Map.groupBy(entries, (entry) => entry.parentPid);
  const found: ProcessEntry[] = [];
  const open = [pid];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    for (const child of children.get(next) ?? []) {
      found.push(child);
      open.push(child.pid);
    }
  }
  return found;
}

/** Processes that carry the marker in their environment. Only Linux shows another's environment. */
export function markedProcesses(
  marker: string,
  entries: readonly ProcessEntry[],
  readEnvironment: (pid: number) => string = environmentOf,
): readonly ProcessEntry[] {
  if (process.platform !== "linux") return [];
  const wanted = `${markerVariable}=${marker}`;
  return entries.filter((entry) => readEnvironment(entry.pid).split("\0").includes(wanted));
}

/** Variables of a process with NUL between them; empty for what is gone, or somebody else's. */
export function environmentOf(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/environ`, "utf8");
  } catch {
    return "";
  }
}

function listFromProc(): readonly ProcessEntry[] {
  return readdirSync("/proc").flatMap((name) => {
    const entry = /^\d+$/.test(name) ? readProcStat(Number(name)) : null;
    return entry === null ? [] : [entry];
  });
}

function readProcStat(pid: number): ProcessEntry | null {
  try {
    return parseProcStat(pid, readFileSync(`/proc/${pid}/stat`, "utf8"));
  } catch {
    return null;
  }
}

/** Fields after the command, which may itself contain spaces and brackets (proc(5)). */
function parseProcStat(pid: number, text: string): ProcessEntry | null {
  const fields = text.slice(text.lastIndexOf(")") + 2).split(" ");
  const [state, parent, group] = fields;
  const startTime = fields[19];
  if (state === undefined || startTime === undefined || "ZX".includes(state)) return null;
  return { pid, parentPid: Number(parent), groupId: Number(group), startTime };
}

function listFromPs(): readonly ProcessEntry[] {
  const text = execFileSync("ps", ["-axo", "pid=,ppid=,pgid=,stat=,lstart="], { encoding: "utf8" });
  return text.split("\n").flatMap((line) => {
    const match = /^\s*(\d+)\s+(\d+)\s+(\d+)\s+(\S+)\s+(.+?)\s*$/.exec(line);
    if (match === null || match[4]?.startsWith("Z") === true) return [];
    const [, pid, parent, group, , startTime] = match;
    return [
      {
        pid: Number(pid),
        parentPid: Number(parent),
        groupId: Number(group),
        startTime: startTime ?? "",
      },
    ];
  });
}
