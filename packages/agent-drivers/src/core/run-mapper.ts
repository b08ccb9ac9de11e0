import type { UsageRule } from "./usage-rule.ts";
import type { JsonObject } from "./json.ts";
import type { FiredWatchdog, RunItem, RunResult, UsageTotals } from "./types.ts";

/** What is known before the first line of a run is read. */
export type MapperInput = {
  /** Model that was configured for the run; used when the CLI does not name one itself. */
  readonly model: string | null;
  readonly resumeSessionId: string | null;
  /**
   * Totals of the session before this run, when something outside the stream knows them (an
   * earlier recording, a session file). Null lets the mapper look for them in the stream.
   */
  readonly baseline: readonly UsageTotals[] | null;
  readonly usage: UsageRule;
};

/** Why no more lines will come. */
export type StreamCause = "ended" | "cancelled" | "timeout" | "idle_watchdog" | "transport";

/** How the stream of a run ended; everything a mapper needs to decide on the one result. */
export type StreamEnding = {
  readonly cause: StreamCause;
  /** Null when the process is not known to have exited (a recording without its exit). */
  readonly exit: { readonly code: number | null; readonly signal: string | null } | null;
  /** Last part of stderr, already scrubbed of secrets. */
  readonly stderr: string;
  /** Set when reading or writing failed, or a conversation step was refused. */
  readonly error: string | null;
  /** The limit that ended the run, when one did. */
  readonly watchdog?: FiredWatchdog;
  /**
   * Wall-clock milliseconds of the end. Left out for recordings: a reset that is named as a point
   * in time is no wait then.
   */
  readonly endedAtMs?: number;
};

export type FinishedRun = {
  /** Items that only the end of the stream reveals (last usage figures). */
  readonly items: readonly RunItem[];
  readonly result: RunResult;
};

/**
 * The pure half of a driver: lines of one run in, run items and exactly one result out. It starts
 * no process and reads no clock, so a recording goes through the same code as a live run.
 */
export type RunMapper = {
  /** Reads one line of the CLI's stdout, without its line end. Never throws on odd input. */
  accept(line: string): readonly RunItem[];
  /** True once the CLI's declared terminal event of our run has been read. */
  isTerminal(): boolean;
  /** Grows whenever the work went on. Only mappers whose protocol can tell work from talk have it. */
  progressCount?(): number;
  /**
   * Takes lines of the CLI's own session file, for a run that ended without its final account.
   * Called before `finish`, only by drivers whose row names such files.
   */
  acceptSessionFile?(lines: readonly JsonObject[]): readonly RunItem[];
  /** Called once, after the last line. */
  finish(ending: StreamEnding): FinishedRun;
  /**
   * What the CLI's own counters stood at when the stream ended, earlier runs of the session
   * included: the baseline of the next run. Null when the stream did not say. Only mappers of
   * CLIs whose totals continue over resumed sessions have it.
   */
  sessionTotals?(): readonly UsageTotals[] | null;
};

export type CreateMapper = (input: MapperInput) => RunMapper;
