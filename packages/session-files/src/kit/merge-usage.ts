import type { SessionUsage } from "../session-usage.ts";
import { combineTokens, totalTokens } from "./token-counts.ts";

/**
 * Two accounts of one call: the larger figure of each class, because what is written while a reply
 * comes in holds placeholders. The time and the session are those of the first account.
 */
export function mergeUsage(first: SessionUsage, second: SessionUsage): SessionUsage {
  const newer = second.revision >= first.revision ? second : first;
  const counts = combineTokens(first, second, Math.max);
  const { sessionId, usedAt } = first;
  return { ...newer, ...counts, sessionId, usedAt, revision: totalTokens(counts) };
}
