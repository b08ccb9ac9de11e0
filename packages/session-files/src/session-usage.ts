import type { TokenCounts } from "./kit/token-counts.ts";

/** The CLIs whose session files are understood. */
export const sessionCliIds = [
  "claude",
  "codex",
  "gemini",
  "opencode",
  "qwen",
  "pi",
  "kimi",
] as const;
export type SessionCliId = (typeof sessionCliIds)[number];

/** One model call as a CLI's own session file tells it. */
export type SessionUsage = TokenCounts & {
  /**
   * Made of facts of the call alone, so that history which a forked or resumed session repeats in
   * another file has the same key there.
   */
  readonly key: string;
  /** Session in which the call was made, also where another session's file repeats it. */
  readonly sessionId: string;
  /** Lower case; null when neither the file nor the model's name says it. */
  readonly provider: string | null;
  readonly model: string;
  readonly role: "main" | "subagent" | "auxiliary";
  /** ISO 8601, UTC. */
  readonly usedAt: string;
  /** Always of one call: differences have been taken where the file holds running totals. */
  readonly cumulative: false;
  /** Of two records with one key the one with the larger revision is what the call came to. */
  readonly revision: number;
  /** What the CLI says it cost, US dollars as a decimal text. */
  readonly reportedCostUsd: string | null;
  readonly reportedCostBasis: "billed" | "estimated" | null;
  /** `subscription` where the file names a plan; null where it does not say. */
  readonly billing: "subscription" | null;
  /**
   * The file repeats a call of another session without saying whose and when it was: what another
   * file says about it goes before.
   */
  readonly isCopy: boolean;
  /** The vendor's own figures. */
  readonly raw: unknown;
};
