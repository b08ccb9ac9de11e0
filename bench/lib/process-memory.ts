import { processFile, processIds } from "../../tests/support/process-files.ts";

export type MemoryKb = { readonly proportional: number; readonly resident: number };

/** Ids of a process and everything below it. */
export function processTree(root: number): number[] {
  const parents = new Map<number, number>();
  for (const pid of processIds()) {
    const stat = processFile(pid, "stat");
    const parent = Number(stat.slice(stat.lastIndexOf(")") + 2).split(" ")[1]);
    if (Number.isFinite(parent)) parents.set(pid, parent);
  }
  const tree = [root];
  for (let index = 0; index < tree.length; index += 1) {
    for (const [pid, parent] of parents) if (parent === tree[index]) tree.push(pid);
  }
  return tree;
}

/** Shared pages are counted once in `proportional` and once per process in `resident`. */
export function memoryOf(pids: readonly number[]): MemoryKb {
  let proportional = 0;
  let resident = 0;
  for (const pid of pids) {
    const text = processFile(pid, "smaps_rollup");
    proportional += Number(/^Pss:\s+(\d+)/m.exec(text)?.[1] ?? 0);
    resident += Number(/^Rss:\s+(\d+)/m.exec(text)?.[1] ?? 0);
  }
  return { proportional, resident };
}
