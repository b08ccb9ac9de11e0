import { existsSync } from "node:fs";
import type { StartedProcess } from "./child-process.ts";

/** Asks a process to end, and ends it when it has not within the limit. */
export async function endProcess(process: StartedProcess | null, limitMs = 15_000): Promise<void> {
  if (!process || !existsSync(`/proc/${process.pid}`)) return;
  process.kill("SIGTERM");
  const timer = setTimeout(() => process.kill("SIGKILL"), limitMs);
  await process.exited;
  clearTimeout(timer);
}
