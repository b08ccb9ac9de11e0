import type { CaseName } from "./case-names.ts";
import type { StatedCoverage } from "./stated-coverage.ts";
import type { AgentStage } from "./agent-stage.ts";

/** One story that is played with a real agent CLI through the whole product. */
export type AgentCase = {
  /** Absent in stories that only some CLIs tell. */
  readonly name?: CaseName;
  readonly title: string;
  /** @param coverage what the CLI at hand can know of the tokens in it */
  readonly play: (stage: AgentStage, coverage: StatedCoverage) => Promise<void>;
};

/** A resumed run may have to wait for the next minute before its CLI can load the session. */
export const resumedWithinMs = 150_000;

export type CallTokens = Readonly<Record<"input" | "cacheRead" | "cacheWrite" | "output", number>>;

/** Token counts of model calls, chosen so that no two sums coincide. */
export const firstCall: CallTokens = { input: 1009, cacheRead: 211, cacheWrite: 307, output: 53 };
export const secondCall: CallTokens = { input: 1511, cacheRead: 409, cacheWrite: 103, output: 29 };
export const thirdCall: CallTokens = { input: 2003, cacheRead: 809, cacheWrite: 59, output: 31 };
