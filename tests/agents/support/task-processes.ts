import { processesWith } from "../../support/marked-processes.ts";
import { commandOf, processFile } from "../../support/process-files.ts";

/**
 * Every living process of the machine that carries a task in its environment: the agent, its
 * tools, and whatever these started, in whichever session.
 */
export function processesOfTask(taskId: string): readonly string[] {
  return processesWith(`HEADCOUNT_TASK_ID=${taskId}`).map((pid) => `${pid} ${commandOf(pid)}`);
}

/** Whether a process lives; one that only waits to be reaped does not. */
export function isAlive(pid: number): boolean {
  const stat = processFile(pid, "stat");
  return stat !== "" && !/^[ZX]/.test(stat.slice(stat.lastIndexOf(")") + 2));
}
