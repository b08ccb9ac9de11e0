import { processFile } from "../../tests/support/process-files.ts";
import { processTree } from "./process-memory.ts";

/** Clock ticks of `/proc` per second; Linux states times to programs in hundredths everywhere. */
const ticksPerSecond = 100;

/** Milliseconds of processor time that a process itself has used, without what it has started. */
export function cpuMsOf(pid: number): number {
  const { own } = ticksOf(pid);
  return (own * 1_000) / ticksPerSecond;
}

/** The same with everything that it has started, what has ended by now included. */
export function cpuMsOfTree(root: number): number {
  const ticks = processTree(root).map((pid) => ticksOf(pid));
  const sum = ticks.reduce((total, { own, ofEnded }) => total + own + ofEnded, 0);
  return (sum * 1_000) / ticksPerSecond;
}

/** None of a process that has ended: its parent has them then. */
function ticksOf(pid: number): { readonly own: number; readonly ofEnded: number } {
  const stat = processFile(pid, "stat");
  // The name may hold blanks and brackets; after its last one follow the state and then numbers.
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  const [user = 0, system = 0, userOfEnded = 0, systemOfEnded = 0] = fields
    .slice(11, 15)
    .map(Number);
  return { own: user + system, ofEnded: userOfEnded + systemOfEnded };
}

/** Memory of a process that is not swapped out, in megabytes. */
export function residentMbOf(pid: number): number {
  return Number(/^VmRSS:\s+(\d+)/m.exec(processFile(pid, "status"))?.[1] ?? Number.NaN) / 1024;
}
