import type { SessionUsage } from "../session-usage.ts";
import { combineTokens } from "./token-counts.ts";

/**
 * Two accounts of one call: the larger figure of each class, because what is written while a reply
 * comes in holds placeholders. The time and the session are those of the first account.
 */
export function mergeUsage(first: SessionUsage, second: SessionUsage): SessionUsage {
  const newer = second.output >= first.output ? second : first;
  return {
    ...newer,
    ...combineTokens(first, second, Math.max),
    sessionId: first.sessionId,
    usedAt: first.usedAt,
    revision: Math.max(first.revision, second.revision),
  };
}
