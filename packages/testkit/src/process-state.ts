import { execFile } from "node:child_process";

export type ProcessState = {
  readonly parentId: number;
  readonly groupId: number;
  /** The command with its arguments. */
  readonly command: string;
};

/**
 * Looks at a process. Undefined when there is none, or when it ended and only waits to be reaped:
 * for a test it is gone then, whoever its parent is.
 */
export function processState(pid: number): Promise<ProcessState | undefined> {
  const columns = "stat=,ppid=,pgid=,args=";
  return new Promise((resolve, reject) => {
    execFile("ps", ["-o", columns, "-p", String(pid)], (error, stdout) => {
      const [, stat, parentId, groupId, command] =
        /^\s*(\S+)\s+(\d+)\s+(\d+)\s+(.*)$/m.exec(stdout) ?? [];
      if (stat !== undefined && !stat.startsWith("Z")) {
        return resolve({
          parentId: Number(parentId),
          groupId: Number(groupId),
          command: command ?? "",
        });
      }
      // ps exits with 1 when it finds no such process.
      if (error !== null && typeof error.code !== "number") return reject(error);
      resolve(undefined);
    });
  });
}
