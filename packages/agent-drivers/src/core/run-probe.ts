import { type ChildProcess, spawn } from "node:child_process";

export type ProbeOptions = {
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly timeoutMs: number;
  /** Where it runs; the current directory when left out. */
  readonly directory?: string;
};

/** How a short program ended: by itself, not at all in time, or without ever having started. */
export type ProbeEnd =
  | { readonly kind: "exited"; readonly code: number | null }
  | { readonly kind: "timed_out" }
  | { readonly kind: "not_started"; readonly code: string; readonly message: string };

export type ProbeResult = {
  readonly end: ProbeEnd;
  readonly stdout: string;
  readonly stderr: string;
};

/** More than this is no answer to a short question. */
const longestOutput = 64 * 1024;

/**
 * Runs a program that should answer at once. What takes too long is ended with everything that it
 * has started: what hangs is often a child of the script that stands on PATH. Never rejects.
 */
export function runProbe(
  executable: string,
  parameters: readonly string[],
  options: ProbeOptions,
): Promise<ProbeResult> {
  return new Promise((resolve) => {
    const child = spawn(executable, [...parameters], {
      env: { ...options.environment },
      ...(options.directory === undefined ? {} : { cwd: options.directory }),
      stdio: ["ignore", "pipe", "pipe"],
      // A group of its own, so that the group can be ended.
      detached: process.platform !== "win32",
      windowsHide: true,
    });
    const stdout = collect(child.stdout);
    const stderr = collect(child.stderr);
    const settle = (end: ProbeEnd): void => {
      clearTimeout(timer);
      resolve({ end, stdout: stdout(), stderr: stderr() });
    };
    const timer = setTimeout(() => {
      killGroup(child);
      settle({ kind: "timed_out" });
    }, options.timeoutMs);
    child.on("error", (error: NodeJS.ErrnoException) =>
      settle({ kind: "not_started", code: error.code ?? "", message: error.message }),
    );
    child.on("close", (code) => settle({ kind: "exited", code }));
  });
}

function collect(stream: NodeJS.ReadableStream): () => string {
  const chunks: Buffer[] = [];
  let bytes = 0;
  stream.on("data", (chunk: Buffer) => {
    if (bytes < longestOutput) chunks.push(chunk);
    bytes += chunk.length;
  });
  return () => Buffer.concat(chunks).subarray(0, longestOutput).toString("utf8");
}

/** Also lets go of what processes outside of the group may keep open. */
function killGroup(child: ChildProcess): void {
  if (process.platform !== "win32" && child.pid !== undefined) {
    try {
      process.kill(-child.pid, "SIGKILL");
    } catch {
      // The group has ended by itself.
    }
  }
  child.kill("SIGKILL");
  child.stdout?.destroy();
  child.stderr?.destroy();
}
