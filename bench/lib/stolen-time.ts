import { readFileSync } from "node:fs";

type Ticks = { readonly total: number; readonly stolen: number };

/**
 * Starts to watch how much of the processors a virtual machine is not given although it has work
 * for them: `steal` of proc(5), which is also column `st` of vmstat(8).
 *
 * @returns what says the share since then, in percent of all processors
 */
export function watchStolenTime(): () => number {
  const before = ticks();
  return () => {
    const now = ticks();
    const total = now.total - before.total;
    return total === 0 ? 0 : ((now.stolen - before.stolen) / total) * 100;
  };
}

function ticks(): Ticks {
  const [all = ""] = readFileSync("/proc/stat", "utf8").split("\n");
  // user, nice, system, idle, iowait, irq, softirq, steal; time of guests is in the first two.
  const counted = all.trim().split(/\s+/).slice(1, 9).map(Number);
  return { total: counted.reduce((sum, value) => sum + value, 0), stolen: counted[7] ?? 0 };
}
