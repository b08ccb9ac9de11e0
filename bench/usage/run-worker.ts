import { fork } from "node:child_process";
import { fileURLToPath } from "node:url";

const script = fileURLToPath(new URL("http-worker.ts", import.meta.url));

/** Has a job done by a process of its own. @throws when it ends without an answer */
export function runWorker<Report>(job: Record<string, unknown>): Promise<Report> {
  const child = fork(script);
  return new Promise((resolve, reject) => {
    child.once("message", (report) => resolve(report as Report));
    child.once("error", reject);
    child.once("exit", (code) => reject(new Error(`The worker ended with ${code}`)));
    child.send(job as never);
  });
}
