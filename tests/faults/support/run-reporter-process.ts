import { spawn } from "node:child_process";
import { writeFile } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import type { SessionToReport } from "./report-session.ts";

const program = fileURLToPath(new URL("./report-session.ts", import.meta.url));
const killer = fileURLToPath(new URL("./kill-at-step.ts", import.meta.url));

export type KillAt = { readonly step: number; readonly when: "before" | "middle" | "after" };

export type ReporterFault = {
  readonly killAt?: KillAt;
  /** No file may grow beyond this; what is more does not fit on the disk. */
  readonly diskKiB?: number;
  /** Makes room when the disk has refused a write for the first time; the program lives on. */
  readonly onDiskFull?: () => Promise<void>;
};

export type ReporterEnd = {
  /** Everything was confirmed by the server, it was killed at its step, or its disk was full. */
  readonly how: "done" | "killed" | "disk full";
  /** Whether the disk has refused a write on the way. */
  readonly wasFull: boolean;
  /** Numbers of what the outbox has confirmed. */
  readonly kept: ReadonlySet<number>;
};

/** Runs the reporting part of a daemon as a process of its own, with at most one fault. */
export async function runReporterProcess(
  session: SessionToReport,
  fault: ReporterFault = {},
): Promise<ReporterEnd> {
  const file = path.join(path.dirname(session.outboxDirectory), "session.json");
  await writeFile(file, JSON.stringify(session));
  const { killAt, diskKiB, onDiskFull } = fault;
  const node = [process.execPath, ...(killAt ? ["--import", killer] : []), program, file];
  const command =
    diskKiB === undefined ? node : ["bash", "-c", `ulimit -f ${diskKiB}; exec "$@"`, "-", ...node];
  const [executable = "", ...args] = command;
  const child = spawn(executable, args, {
    stdio: ["ignore", "pipe", "pipe"],
    env: {
      PATH: process.env["PATH"],
      HEADCOUNT_KILL_STEP: String(killAt?.step ?? 0),
      HEADCOUNT_KILL_WHEN: killAt?.when ?? "before",
    },
  });
  let said = "";
  let complaint = "";
  let hasMadeRoom = false;
  child.stdout.on("data", (chunk: Buffer) => {
    said += chunk.toString();
    if (!hasMadeRoom && said.includes("disk\n")) {
      hasMadeRoom = true;
      void onDiskFull?.();
    }
    // It would wait for room as long as it takes; what comes next is a machine that is started anew.
    if (diskKiB !== undefined && said.includes("disk\ndisk\n")) child.kill("SIGKILL");
  });
  child.stderr.on("data", (chunk: Buffer) => {
    complaint += chunk.toString();
  });
  const signal = await new Promise<NodeJS.Signals | null>((resolve) =>
    child.once("close", (_code, by) => resolve(by)),
  );
  const kept = new Set([...said.matchAll(/^kept (\d+)\n/gm)].map((match) => Number(match[1])));
  const wasFull = said.includes("disk\n");
  if (said.endsWith("done\n")) return { how: "done", wasFull, kept };
  if (signal !== "SIGKILL") throw new Error(`The reporter failed by itself: ${complaint}`);
  return { how: wasFull ? "disk full" : "killed", wasFull, kept };
}
