import { accept, type Decision, refuse } from "../kit/decision.ts";
import { roundUsd } from "./money.ts";
import { mapTokens, type TokenCounts, totalTokens } from "./token-counts.ts";

/** Most tokens that one record may state, all classes together. */
export const mostTokens = 10_000_000_000n;
/** How far clocks may disagree before a time is not believed. */
export const clockToleranceMs = 10 * 60_000;

/** The untrusted members of a usage record; anything may arrive in them. */
export type ReceivedUsage = Readonly<Record<keyof TokenCounts, unknown>> & {
  readonly revision: unknown;
  readonly reportedCostUsd: unknown;
};

/** When a record was used, and the bounds within which that is believable. */
export type UsageTimes = {
  readonly usedAt: Date;
  readonly now: Date;
  readonly workspaceCreatedAt: Date;
};

export type ValidUsage = {
  readonly tokens: TokenCounts;
  readonly revision: bigint;
  /** Null when nothing was reported; zero and less mean that as well. */
  readonly reportedPico: bigint | null;
};

export type UsageRejection =
  | "count_missing"
  | "count_not_a_number"
  | "count_negative"
  | "count_fractional"
  | "count_too_large"
  | "revision_invalid"
  | "reported_cost_invalid"
  | "time_invalid"
  | "time_in_future"
  | "time_before_workspace";

/** Checks one record by itself, so that a bad one never costs its neighbours their place. */
export function validateUsage(
  received: ReceivedUsage,
  times: UsageTimes,
): Decision<ValidUsage, UsageRejection> {
  const members = Object.keys(mapTokens(() => 0n)) as readonly (keyof TokenCounts)[];
  const problem =
    members.map((member) => countProblem(received[member])).find((found) => found !== null) ??
    timeProblem(times);
  if (problem !== null) return refuse(problem);
  // Every member has just been found to be a safe, whole, non-negative number.
  const stated = mapTokens((member) => BigInt(received[member] as number));
  if (totalTokens(stated) > mostTokens) return refuse("count_too_large");
  if (!isRevision(received.revision)) return refuse("revision_invalid");
  const reported = reportedPico(received.reportedCostUsd);
  if (!reported.ok) return reported;
  return accept({
    // Reasoning is information only; a provider that counts it beside output must not lose the record.
    tokens: {
      ...stated,
      reasoning: stated.reasoning > stated.output ? stated.output : stated.reasoning,
    },
    revision: BigInt(received.revision),
    reportedPico: reported.value,
  });
}

function countProblem(value: unknown): UsageRejection | null {
  if (value === undefined || value === null) return "count_missing";
  if (typeof value !== "number" || Number.isNaN(value)) return "count_not_a_number";
  if (value < 0) return "count_negative";
  if (value > Number(mostTokens)) return "count_too_large";
  return Number.isInteger(value) ? null : "count_fractional";
}

function timeProblem({ usedAt, now, workspaceCreatedAt }: UsageTimes): UsageRejection | null {
  const at = usedAt.getTime();
  if (Number.isNaN(at)) return "time_invalid";
  if (at > now.getTime() + clockToleranceMs) return "time_in_future";
  return at < workspaceCreatedAt.getTime() - clockToleranceMs ? "time_before_workspace" : null;
}

function isRevision(value: unknown): value is number {
  return typeof value === "number" && Number.isSafeInteger(value) && value >= 0;
}

function reportedPico(value: unknown): Decision<bigint | null, UsageRejection> {
  if (value === undefined || value === null) return accept(null);
  if (typeof value !== "string") return refuse("reported_cost_invalid");
  const pico = roundUsd(value);
  if (!pico.ok) return refuse("reported_cost_invalid");
  return accept(pico.value > 0n ? pico.value : null);
}
