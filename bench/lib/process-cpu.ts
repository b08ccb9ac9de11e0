import { readFileSync } from "node:fs";

/** Clock ticks of `/proc` per second; Linux states times to programs in hundredths everywhere. */
const ticksPerSecond = 100;

/** Milliseconds of processor time that a process itself has used, without what it has started. */
export function cpuMsOf(pid: number): number {
  const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
  // The name may hold blanks and brackets; after its last one follow the state and then numbers.
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  return ((Number(fields[11]) + Number(fields[12])) * 1_000) / ticksPerSecond;
}

/** Memory of a process that is not swapped out, in megabytes. */
export function residentMbOf(pid: number): number {
  const status = readFileSync(`/proc/${pid}/status`, "utf8");
  return Number(/^VmRSS:\s+(\d+)/m.exec(status)?.[1] ?? Number.NaN) / 1024;
}
