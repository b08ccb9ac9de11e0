import { processFile, processIds } from "./process-files.ts";

/** Living processes whose environment holds this text, e.g. `HEADCOUNT_TASK_ID=…`; Linux only. */
export function processesWith(variable: string): readonly number[] {
  return processIds()
    .filter((pid) => pid !== process.pid)
    .filter((pid) => processFile(pid, "environ").split("\0").includes(variable));
}
