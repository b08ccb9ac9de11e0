import { environmentOf, listProcesses, type ProcessEntry } from "./process-tree.ts";

/** All processes at one moment, and what each has in its environment, read once however many ask. */
export type ProcessLook = {
  readonly entries: readonly ProcessEntry[];
  readonly environmentOf: (pid: number) => string;
};

let next: Promise<ProcessLook> | null = null;

/**
 * Looks at the processes of the machine a moment from now. Whoever asks until then shares the look,
 * which takes its time: many runs may end at once, and between two looks other work gets its turn.
 */
export function lookAtProcesses(): Promise<ProcessLook> {
  next ??= new Promise((resolve) => {
    setImmediate(() => {
      next = null;
      resolve(takeLook());
    });
  });
  return next;
}

export function takeLook(): ProcessLook {
  const environments = new Map<number, string>();
  return {
    entries: listProcesses(),
    environmentOf(pid) {
      const environment = environments.get(pid) ?? environmentOf(pid);
      environments.set(pid, environment);
      return environment;
    },
  };
}
