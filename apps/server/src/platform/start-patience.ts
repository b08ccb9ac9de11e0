import type { Log } from "./log.ts";

/** Steps of one start; each may run several times, so it has to be safe to repeat. */
export type StartPatience = <T>(step: () => Promise<T>) => Promise<T>;

/** How long a whole start waits for a database that is there and cannot serve yet. */
const budgetMs = 180_000;
const pauseMs = 500;

/**
 * A line that took longer than the driver waits, too many clients, or a server that is starting,
 * stopping or replaying its log; all pass by themselves. Refused connections and passwords do not.
 * See "PostgreSQL Error Codes" in its manual.
 */
const passing = new Set(["CONNECT_TIMEOUT", "CONNECTION_CLOSED", "53300", "57P03"]);

/** Lets steps of a start try again while their database cannot serve them for a passing reason. */
export function startPatience(log: Pick<Log, "warn">): StartPatience {
  const deadline = performance.now() + budgetMs;
  return async (step) => {
    for (;;) {
      try {
        return await step();
      } catch (error) {
        if (!isPassing(error) || performance.now() >= deadline) throw error;
        log.warn({ err: error }, "the database cannot serve yet; trying again");
      }
      await new Promise((resolve) => setTimeout(resolve, pauseMs));
    }
  };
}

function isPassing(error: unknown): boolean {
  return error instanceof Error && "code" in error && passing.has(String(error.code));
}
