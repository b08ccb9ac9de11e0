import type { SessionUsage } from "../session-usage.ts";
import type { TokenCounts } from "./token-counts.ts";
import { totalTokens } from "./token-counts.ts";

type Facts = Pick<SessionUsage, "key" | "sessionId" | "model" | "usedAt"> &
  Partial<
    Pick<
      SessionUsage,
      "provider" | "role" | "reportedCostUsd" | "reportedCostBasis" | "billing" | "isCopy"
    >
  > & {
    readonly counts: TokenCounts;
    readonly raw: unknown;
  };

/** A record with what is usual filled in; null for a call that used nothing and cost nothing. */
export function sessionUsageOf(facts: Facts): SessionUsage | null {
  const { counts, raw, reportedCostUsd = null, ...rest } = facts;
  if (totalTokens(counts) === 0 && reportedCostUsd === null) return null;
  return {
    provider: null,
    role: "main",
    reportedCostBasis: reportedCostUsd === null ? null : "estimated",
    billing: null,
    isCopy: false,
    ...rest,
    ...counts,
    reportedCostUsd,
    cumulative: false,
    // What is known of one call only grows: placeholders come first.
    revision: totalTokens(counts),
    raw,
  };
}
