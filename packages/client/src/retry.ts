import { ApiError } from "./api-error.ts";
import { backoffMs } from "./backoff.ts";
import type { ApiClient } from "./make-client.ts";

export type RetryPolicy = {
  /** Calls in all, the first one included. */
  readonly attempts: number;
  readonly baseMs: number;
  readonly maxMs: number;
};

const defaultPolicy: RetryPolicy = { attempts: 3, baseMs: 250, maxMs: 5_000 };

/**
 * Repeats calls that failed for a passing reason. Reads always; writes only with the idempotency
 * key their caller chose, because without one a repeat could do the thing twice.
 */
export function withRetry(client: ApiClient, policy: RetryPolicy = defaultPolicy): ApiClient {
  return {
    async call(route, input, options = {}) {
      const repeatable = route.method === "GET" || options.idempotencyKey !== undefined;
      for (let attempt = 0; ; attempt += 1) {
        try {
          return await client.call(route, input, options);
        } catch (error) {
          const isLast = !repeatable || attempt + 1 >= policy.attempts;
          if (isLast || !isTransient(error)) throw error;
          await pause(pauseMs(policy, attempt, error), options.signal);
        }
      }
    },
  };
}

/** Whether the same call may succeed a moment later. */
export function isTransient(error: unknown): boolean {
  if (!(error instanceof ApiError)) return false;
  return error.code === "unavailable" || error.status === 408 || error.status === 429;
}

function pauseMs(policy: RetryPolicy, attempt: number, error: unknown): number {
  const wanted = backoffMs({ ...policy, jitter: 0.2 }, attempt, Math.random());
  const askedMs = error instanceof ApiError ? (error.retryAfterMs ?? 0) : 0;
  return Math.max(wanted, Math.min(askedMs, 30_000));
}

function pause(durationMs: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    const abort = (): void => {
      clearTimeout(timer);
      reject(signal?.reason);
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener("abort", abort);
      resolve();
    }, durationMs);
    signal?.addEventListener("abort", abort, { once: true });
  });
}
