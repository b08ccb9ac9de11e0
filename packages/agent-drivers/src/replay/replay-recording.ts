import type { CliSpec } from "../core/cli-spec.ts";
import type { RunMapper, StreamEnding } from "../core/run-mapper.ts";
import type { Coverage, FailureClass, RunItem, RunResult, UsageTotals } from "../core/types.ts";
import { recordedMapper } from "./recorded-mapper.ts";
import { recordedLines } from "./recorded-lines.ts";

export type ReplayOptions = {
  /** Recording of the earlier run of a resumed session: what it ended with is the baseline. */
  readonly after?: string;
  readonly stderr?: string;
  /** How the process ended; unknown when left out. */
  readonly exit?: { readonly code: number | null; readonly signal: string | null };
  /** Wall-clock milliseconds at which the recorded run ended, for resets at points in time. */
  readonly endedAtMs?: number;
  /** Model that was configured for the run, for CLIs that never name it. */
  readonly model?: string;
};

export type ReplayedRun = {
  /** Every observed step, usage records left out: their sum is in `usage`. */
  readonly messages: readonly RunItem[];
  readonly answer: string;
  readonly status: RunResult["status"];
  /** What the run achieved, in the words of a task: nothing said and nothing done is no success. */
  readonly outcome: "done" | "no_response" | "failed" | "cancelled";
  readonly failureClass: FailureClass | null;
  readonly error: string | null;
  readonly sessionId: string | null;
  readonly resumeRejected: boolean;
  readonly retryAfterMs: number | null;
  readonly usage: readonly Omit<UsageTotals, "provider">[];
  readonly coverage: Coverage;
};

/** Feeds a recorded stream through the mapper that a live run of this CLI uses. */
export function replayRecording(
  spec: CliSpec,
  recording: string,
  options: ReplayOptions = {},
): ReplayedRun {
  const baseline = options.after === undefined ? null : endTotals(spec, options.after, options);
  const lines = recordedLines(recording);
  const mapper = mapperFor(spec, lines, { ...options, baseline });
  const items = lines.flatMap((line) => mapper.accept(line));
  const finished = mapper.finish(endingOf(options));
  const messages = [...items, ...finished.items].filter((item) => item.type !== "usage");
  const { result } = finished;
  return {
    messages,
    answer: result.answer,
    status: result.status,
    outcome: outcomeOf(result, messages),
    failureClass: result.failureClass,
    error: result.error,
    sessionId: result.sessionId,
    resumeRejected: result.resumeRejected,
    retryAfterMs: result.retryAfterMs,
    usage: result.usage.map(({ provider: _provider, ...totals }) => totals),
    coverage: result.coverage,
  };
}

function mapperFor(
  spec: CliSpec,
  lines: readonly string[],
  known: { readonly model?: string; readonly baseline: readonly UsageTotals[] | null },
): RunMapper {
  return recordedMapper(
    spec,
    lines,
  )({
    model: known.model ?? null,
    resumeSessionId: null,
    baseline: known.baseline,
    usage: spec.usage,
  });
}

function endTotals(
  spec: CliSpec,
  recording: string,
  options: ReplayOptions,
): readonly UsageTotals[] | null {
  const lines = recordedLines(recording);
  const mapper = mapperFor(spec, lines, { ...options, baseline: null });
  for (const line of lines) mapper.accept(line);
  return mapper.sessionTotals?.() ?? null;
}

function endingOf(options: ReplayOptions): StreamEnding {
  return {
    cause: "ended",
    exit: options.exit ?? null,
    stderr: options.stderr ?? "",
    error: null,
    ...(options.endedAtMs === undefined ? {} : { endedAtMs: options.endedAtMs }),
  };
}

function outcomeOf(result: RunResult, messages: readonly RunItem[]): ReplayedRun["outcome"] {
  if (result.status === "cancelled") return "cancelled";
  if (result.status !== "completed") return "failed";
  const didSomething = result.answer !== "" || messages.some((item) => item.type === "tool_use");
  return didSomething ? "done" : "no_response";
}
