import type { CliSpec } from "./cli-spec.ts";
import type { RunItem, RunOptions, RunResult } from "./types.ts";

export type CancelReason = "cancelled" | "timeout" | "idle_watchdog";

/** A run that has been started. */
export type RunningAgent = {
  /** Leader of the run's process group; null when nothing could be started. */
  readonly pid: number | null;
  /**
   * Stops the run: asks through the protocol first, then ends the whole process tree. Resolves
   * when every process of the run is gone; calling it again waits for the same end.
   */
  cancel(reason: CancelReason): Promise<void>;
  /** Milliseconds since the agent last wrote anything but a sign of life. */
  silentForMs(): number;
  /** Settles once, after the process tree is gone. Never rejects. */
  readonly result: Promise<RunResult>;
};

/** Receives every item in order. Called synchronously; must not throw. */
export type RunSink = (item: RunItem) => void;

/** Drives one protocol family; everything particular to a CLI comes from its row. */
export type Driver = (spec: CliSpec, options: RunOptions, sink: RunSink) => RunningAgent;
