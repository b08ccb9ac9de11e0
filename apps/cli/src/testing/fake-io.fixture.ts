import { mkdtemp, rm } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import type { Io } from "../io.ts";
import { runCli } from "../run-cli.ts";

export type RunResult = {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
};

export type RunSettings = {
  readonly environment?: Readonly<Record<string, string>>;
  readonly stdin?: string;
  /** Width of the pretended terminal; none unless stated. */
  readonly columns?: number;
  /** Fires when the pretended person presses Ctrl-C. */
  readonly signal?: AbortSignal;
};

/** A person's machine: a home folder of its own, in which command lines run inside this process. */
export class FakeMachine implements AsyncDisposable {
  readonly home: string;
  readonly #environment: Readonly<Record<string, string>>;

  private constructor(home: string, environment: Readonly<Record<string, string>>) {
    this.home = home;
    this.#environment = environment;
  }

  static async make(environment: Readonly<Record<string, string>> = {}): Promise<FakeMachine> {
    return new FakeMachine(await mkdtemp(path.join(os.tmpdir(), "hc-cli-")), environment);
  }

  async run(words: readonly string[], settings: RunSettings = {}): Promise<RunResult> {
    const written = { stdout: "", stderr: "" };
    const output = (name: "stdout" | "stderr"): Io["stdout"] => ({
      isTerminal: settings.columns !== undefined && name === "stdout",
      columns: settings.columns ?? 0,
      write: (text) => {
        written[name] += text;
      },
    });
    const code = await runCli(words, {
      environment: { HOME: this.home, ...this.#environment, ...settings.environment },
      workDirectory: this.home,
      stdout: output("stdout"),
      stderr: output("stderr"),
      stdinIsTerminal: false,
      readStdin: async () => settings.stdin ?? "",
      signal: settings.signal ?? new AbortController().signal,
    });
    return { code, ...written };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await rm(this.home, { recursive: true, force: true });
  }
}
