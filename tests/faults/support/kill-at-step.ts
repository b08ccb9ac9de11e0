import fs, { open } from "node:fs/promises";
import { syncBuiltinESMExports } from "node:module";

/**
 * Loaded before a program with `--import`: ends it by `kill -9` at one step of its work with
 * files. A step is one call that changes a file or puts it on the disk.
 *
 * `HEADCOUNT_KILL_STEP` is the number of the step, from 1 on. `HEADCOUNT_KILL_WHEN` says when:
 * `before` it, `after` it, or in the `middle`, when half of its bytes have been written.
 */
const killStep = Number(process.env["HEADCOUNT_KILL_STEP"] ?? "0");
const killWhen = process.env["HEADCOUNT_KILL_WHEN"] ?? "before";

type Operation = (this: unknown, ...args: unknown[]) => Promise<unknown>;
type Operations = Record<string, Operation>;

let step = 0;

function die(): void {
  process.kill(process.pid, "SIGKILL");
}

function counted(original: Operation): Operation {
  return async function (this: unknown, ...args) {
    step += 1;
    const isLast = step === killStep;
    if (isLast && killWhen === "middle" && Buffer.isBuffer(args[0])) {
      const [bytes, ...rest] = args;
      await original.call(this, bytes.subarray(0, Math.floor(bytes.length / 2)), ...rest);
      die();
    }
    if (isLast && killWhen !== "after") die();
    const result = await original.apply(this, args);
    if (isLast) die();
    return result;
  };
}

function count(operations: Operations, names: readonly string[]): void {
  for (const name of names) {
    const original = operations[name];
    if (original !== undefined) operations[name] = counted(original);
  }
}

const handle = await open(process.execPath);
// Class of all file handles; it has no name that could be imported.
const handles = Object.getPrototypeOf(handle) as Operations;
await handle.close();
count(handles, ["appendFile", "writeFile", "datasync", "sync", "truncate"]);
count(fs as unknown as Operations, ["open", "rename", "rm", "mkdir"]);
syncBuiltinESMExports();
