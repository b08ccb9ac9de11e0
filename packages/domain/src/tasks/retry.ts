import type { FailureReason, TaskKind } from "@headcount/contract/tasks/states";
import { quotaSpreadMs, quotaWaitMs } from "./quota-wait.ts";
import { usableWaitMs } from "./usable-wait.ts";

/** What the retry rule looks at. */
export type RetryFacts = {
  readonly reason: FailureReason;
  /** Position of the failed task in its chain, from 1. */
  readonly attempt: number;
  /** 1 forbids every retry. Larger values do not extend the table. */
  readonly maxAttempts: number;
  readonly kind: TaskKind;
  /** Wait that the provider asked for, milliseconds; null when it named none. */
  readonly retryAfterMs: number | null;
  /** Whether the session may be continued after this failure (see `resume.ts`). */
  readonly resumeSafe: boolean;
  /** A number in [0, 1) from the caller; spreads retries that wait for the same moment. */
  readonly jitter: number;
};

export type RetrySession = "resume" | "fresh";

export type RetryDecision =
  | { readonly retry: false }
  | {
      readonly retry: true;
      readonly delayMs: number;
      readonly session: RetrySession;
      /** False when waiting was not the task's fault: the retry keeps its attempt number. */
      readonly countsAttempt: boolean;
    }
  | {
      readonly retry: true;
      readonly deferredUntil: "runtime_online";
      readonly session: RetrySession;
      readonly countsAttempt: boolean;
    };

/** Longest wait for a provider's capacity that is retried by itself. */
export const longestCapacityWaitMs = 15 * 60_000;
const noRetry: RetryDecision = { retry: false };

/** Runs that would repeat an effect when repeated, or that only probe the installation. */
const neverRetried: ReadonlySet<TaskKind> = new Set<TaskKind>(["doctor"]);

/**
 * Whether a failed task is tried again by itself, when, and with which session. The list is
 * closed: a reason that is not in it is final and waits for a person.
 */
export function retryDecision(facts: RetryFacts): RetryDecision {
  if (facts.maxAttempts <= 1 || neverRetried.has(facts.kind)) return noRetry;
  const policy = policies[facts.reason];
  return policy === undefined ? noRetry : policy(facts);
}

/** The closed list. */
const policies: Partial<Record<FailureReason, (facts: RetryFacts) => RetryDecision>> = {
  budget_stop: onceThereIsRoom,
  runaway_stop: onceThereIsRoom,
  runtime_offline: (facts) =>
    facts.attempt < 2
      ? { retry: true, deferredUntil: "runtime_online", session: "resume", countsAttempt: true }
      : noRetry,
  runtime_recovery: atOnce(2),
  timeout: atOnce(2),
  semantic_inactivity: atOnce(2),
  skill_bundle_unavailable: atOnce(2),
  "agent_error.provider_network": (facts) => networkRetry(facts),
  "agent_error.provider_capacity_or_rate_limit": (facts) => capacityRetry(facts),
  "agent_error.provider_quota_limit": (facts) => quotaRetry(facts),
};

/**
 * Queued at once; whatever stopped it keeps it from being claimed until there is room again. Having
 * been stopped was not its fault.
 */
function onceThereIsRoom({ resumeSafe }: RetryFacts): RetryDecision {
  const session = resumeSafe ? "resume" : "fresh";
  return { retry: true, delayMs: 0, session, countsAttempt: false };
}

/** At most `attempts` in all, without a pause. */
function atOnce(attempts: number): (facts: RetryFacts) => RetryDecision {
  return (facts) =>
    facts.attempt < attempts
      ? {
          retry: true,
          delayMs: 0,
          session: facts.resumeSafe ? "resume" : "fresh",
          countsAttempt: true,
        }
      : noRetry;
}

/** A broken connection heals quickly or not at all: at once, then after five seconds. */
function networkRetry(facts: RetryFacts): RetryDecision {
  if (facts.attempt >= 3) return noRetry;
  const delayMs = facts.attempt === 1 ? 0 : 5_000;
  return { retry: true, delayMs, session: "resume", countsAttempt: true };
}

function capacityRetry(facts: RetryFacts): RetryDecision {
  const wait = usableWaitMs(facts.retryAfterMs, longestCapacityWaitMs);
  if (wait === null || facts.attempt >= 2) return noRetry;
  // Up to a tenth more than was asked for, at least within a second, so that a fleet does not return at once.
  const spread = Math.floor(facts.jitter * Math.max(wait / 10, 1_000));
  return { retry: true, delayMs: wait + spread, session: "resume", countsAttempt: true };
}

function quotaRetry(facts: RetryFacts): RetryDecision {
  const wait = quotaWaitMs(facts);
  if (wait === null) return noRetry;
  const delayMs = wait + Math.floor(facts.jitter * quotaSpreadMs);
  return { retry: true, delayMs, session: "resume", countsAttempt: false };
}
