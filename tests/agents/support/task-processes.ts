import { readFileSync, readdirSync } from "node:fs";

/**
 * Every living process of the machine that carries a task in its environment: the agent, its
 * tools, and whatever these started, in whichever session.
 */
export function processesOfTask(taskId: string): readonly string[] {
  return readdirSync("/proc").flatMap((name) => {
    if (!/^\d+$/.test(name)) return [];
    const environment = readIfThere(`/proc/${name}/environ`).split("\0");
    if (!environment.includes(`HEADCOUNT_TASK_ID=${taskId}`)) return [];
    return [`${name} ${readIfThere(`/proc/${name}/cmdline`).replaceAll("\0", " ").trim()}`];
  });
}

/** Whether a process lives; one that only waits to be reaped does not. */
export function isAlive(pid: number): boolean {
  const stat = readIfThere(`/proc/${pid}/stat`);
  return stat !== "" && !/^[ZX]/.test(stat.slice(stat.lastIndexOf(")") + 2));
}

/** Empty for a process that is gone. */
function readIfThere(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return "";
  }
}
