import { objectAt, stringAt, type JsonObject } from "../core/json.ts";

export type ClaudeLimits = {
  /** Takes a `rate_limit_event` line. */
  observe(line: JsonObject): void;
  /** The provider answered again, so no refusal is in force. */
  answered(): void;
  /** What refuses the account now; null when nothing does. */
  refusal(): ClaudeRefusal | null;
};

export type ClaudeRefusal = {
  /** When the account has quota again, as Claude Code states it: seconds since 1970. */
  readonly resetsAt: number | null;
};

/**
 * What Claude Code says about the limits of a claude.ai plan. `rate_limit_info` of a
 * `rate_limit_event` has `status` (allowed, allowed_warning, rejected) and `resetsAt`, both from the
 * provider's `anthropic-ratelimit-unified-*` headers; paid extra usage has members of its own, and
 * work goes on under it. Source: Claude Code 2.1.330, recorded.
 */
export function createClaudeLimits(): ClaudeLimits {
  let refusal: ClaudeRefusal | null = null;
  return {
    observe(line) {
      const info = objectAt(line, "rate_limit_info");
      const isRefused = stringAt(info, "status") === "rejected" && info["isUsingOverage"] !== true;
      refusal = isRefused ? { resetsAt: earliestReset(info) } : null;
    },
    answered() {
      refusal = null;
    },
    refusal: () => refusal,
  };
}

/** Either reset lets the account go on: that of the plan or that of its extra usage. */
function earliestReset(info: JsonObject): number | null {
  const resets = [
    info["resetsAt"],
    info["overageStatus"] === "rejected" ? info["overageResetsAt"] : null,
  ].filter((value) => typeof value === "number" && Number.isFinite(value) && value > 0);
  return resets.length === 0 ? null : Math.min(...(resets as number[]));
}
