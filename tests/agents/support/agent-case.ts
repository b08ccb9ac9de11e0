import type { StatedCoverage } from "./stated-coverage.ts";
import type { AgentStage } from "./agent-stage.ts";

/** One story that is played with a real agent CLI through the whole product. */
export type AgentCase = {
  readonly title: string;
  /** @param coverage what the CLI at hand can know of the tokens in it */
  readonly play: (stage: AgentStage, coverage: StatedCoverage) => Promise<void>;
};

export type CallTokens = Readonly<Record<"input" | "cacheRead" | "cacheWrite" | "output", number>>;

/** Token counts of model calls, chosen so that no two sums coincide. */
export const firstCall: CallTokens = { input: 1009, cacheRead: 211, cacheWrite: 307, output: 53 };
export const secondCall: CallTokens = { input: 1511, cacheRead: 409, cacheWrite: 103, output: 29 };
export const thirdCall: CallTokens = { input: 2003, cacheRead: 809, cacheWrite: 59, output: 31 };

/** What the books hold when exactly these calls were made. */
export function sumOfCalls(calls: readonly CallTokens[]): Readonly<Record<string, number>> {
  const sum = (name: keyof CallTokens): number =>
    calls.reduce((total, call) => total + call[name], 0);
  return {
    input: sum("input"),
    cacheRead: sum("cacheRead"),
    cacheWrite5m: sum("cacheWrite"),
    output: sum("output"),
  };
}
