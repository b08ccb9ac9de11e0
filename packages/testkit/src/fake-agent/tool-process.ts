import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";

export type ToolOutcome = { readonly output: string; readonly isError: boolean };

/**
 * Runs a shell command in a session of its own, as the real agent does with its tools. When the
 * signal aborts, the whole of that session's first process group gets SIGKILL.
 */
export async function runTool(command: string, signal: AbortSignal): Promise<ToolOutcome> {
  const child = spawn("/bin/sh", ["-c", command], {
    detached: true,
    stdio: ["ignore", "pipe", "pipe"],
  });
  const kill = (): void => killGroup(child);
  signal.addEventListener("abort", kill, { once: true });
  const chunks: Buffer[] = [];
  child.stdout.on("data", (chunk: Buffer) => chunks.push(chunk));
  child.stderr.on("data", (chunk: Buffer) => chunks.push(chunk));
  const [code, killedBy] = (await once(child, "close")) as [number | null, string | null];
  signal.removeEventListener("abort", kill);
  const output = Buffer.concat(chunks).toString().trimEnd();
  if (code === 0) return { output, isError: false };
  return { output: `Exit code ${code ?? killedBy}\n${output}`, isError: true };
}

/**
 * Starts a process that outlives this one: in a session of its own, deaf to SIGTERM, and nobody
 * waits for it.
 */
export function leaveBehind(command: string, stdout: "held" | "closed"): number | undefined {
  const child = spawn("/bin/sh", ["-c", `trap '' TERM HUP; ${command}`], {
    detached: true,
    stdio: ["ignore", stdout === "held" ? "inherit" : "ignore", "ignore"],
  });
  child.unref();
  return child.pid;
}

function killGroup(child: ChildProcess): void {
  if (child.pid === undefined || child.exitCode !== null) return;
  try {
    process.kill(-child.pid, "SIGKILL");
  } catch (error) {
    // The group ended between the check and the signal.
    if (!(error instanceof Error && "code" in error && error.code === "ESRCH")) throw error;
  }
}
