import type { TokenCounts } from "../fake-model/token-counts.ts";

/**
 * Begins a model call: the content that follows belongs to it, up to its tool call. Content
 * without such a step belongs to a call that used nothing.
 */
export type UsageStep = {
  readonly usage: Partial<TokenCounts>;
  /** Model id, when another one than the run's answers. */
  readonly model?: string;
  /** A call outside of the main loop: shows in `modelUsage` and nowhere else, like a subagent's. */
  readonly aside?: true;
};
export type TextStep = { readonly text: string };
export type ThinkingStep = { readonly thinking: string };
/** A tool call with its result; nothing is executed. */
export type ToolStep = {
  readonly tool: string;
  readonly input?: Readonly<Record<string, unknown>>;
  readonly output?: string;
  readonly isError?: true;
};
/** Runs a shell command in the work directory, in a session of its own, as a tool call. */
export type RunStep = { readonly run: string };
/** A tool call that leaves a process behind: in a session of its own, and deaf to SIGTERM. */
export type SpawnDetachedStep = {
  readonly spawnDetached: string;
  /** Let it hold this program's stdout open. */
  readonly holdsStdout?: true;
};
/** A tool call that is in flight until it is interrupted. */
export type SleepStep = { readonly sleepMs: number };
/** Waits until the file exists; relative paths are below the work directory. */
export type WaitForFileStep = { readonly waitForFile: string };
/** A tool result of this many bytes, in one line. */
export type BigLineStep = { readonly bigLineBytes: number };
/** Text with U+0000 in it. */
export type NulStep = { readonly nul: true };
/** Text with half of a surrogate pair in it. */
export type LoneSurrogateStep = { readonly loneSurrogate: true };
/** Writes a line that is no protocol. */
export type NoiseStep = { readonly noise: string; readonly to?: "stdout" | "stderr" };
/** Reports retries of a failing provider. */
export type RetryStep = { readonly apiRetry: { readonly status: number; readonly times: number } };
/** Ends the turn as a provider error does: a made-up message, then a result that is an error. */
export type ApiErrorStep = {
  readonly apiError: { readonly status: number; readonly text: string };
};
/** Ends the turn with this final answer, or with these fields of the result line. */
export type ResultStep = { readonly result: string | Readonly<Record<string, unknown>> };
/** Ends the program at once, without a result. */
export type ExitStep = { readonly exit: number };
/** Dies by SIGKILL. */
export type CrashStep = { readonly crash: true };
/** Says nothing more until it is stopped; `deaf` heeds neither interrupt nor SIGTERM. */
export type HangStep = { readonly hang: true | "deaf" };

export type Step =
  | UsageStep
  | TextStep
  | ThinkingStep
  | ToolStep
  | RunStep
  | SpawnDetachedStep
  | SleepStep
  | WaitForFileStep
  | BigLineStep
  | NulStep
  | LoneSurrogateStep
  | NoiseStep
  | RetryStep
  | ApiErrorStep
  | ResultStep
  | ExitStep
  | CrashStep
  | HangStep;

/** What the agent does for each prompt. A turn without a final step ends well by itself. */
export type AgentScript = {
  /** Model id when the command line names none. */
  readonly model?: string;
  /** Steps for prompts that match a regular expression; the first that matches is taken. */
  readonly byPrompt?: readonly { readonly prompt: string; readonly steps: readonly Step[] }[];
  /** Steps for a run that resumes a session. */
  readonly resumedSteps?: readonly Step[];
  /** Steps for everything else. */
  readonly steps: readonly Step[];
};

/** Played when no script is given. */
export const DEFAULT_SCRIPT: AgentScript = {
  steps: [
    { usage: { input: 1009, cacheRead: 211, cacheWrite: 307, output: 53, reasoning: 13 } },
    { text: "Writing the file." },
    { run: "printf hi > hello.txt" },
    { usage: { input: 1511, cacheRead: 409, cacheWrite: 103, output: 29, reasoning: 7 } },
    { text: "done" },
  ],
};

/** The steps for one prompt. */
export function stepsFor(
  script: AgentScript,
  prompt: string,
  run: "fresh" | "resumed",
): readonly Step[] {
  const matching = script.byPrompt?.find((entry) => new RegExp(entry.prompt, "s").test(prompt));
  if (matching !== undefined) return matching.steps;
  return (run === "resumed" ? script.resumedSteps : undefined) ?? script.steps;
}
