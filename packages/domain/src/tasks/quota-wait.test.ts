import { FailureReason } from "@headcount/contract/tasks/states";
import { describe, expect, it } from "vitest";
import { longestQuotaWaitMs, quotaWaitMs } from "./quota-wait.ts";

describe("quotaWaitMs", () => {
  it("INV-123 only an exhausted quota is waited for", () => {
    const waiting = FailureReason.options.filter(
      (reason) => quotaWaitMs({ reason, retryAfterMs: 60_000 }) !== null,
    );
    expect(waiting).toEqual(["agent_error.provider_quota_limit"]);
  });

  it.each([
    [null, null],
    [0, 0],
    [1_000.2, 1_001],
    [longestQuotaWaitMs, longestQuotaWaitMs],
    [longestQuotaWaitMs + 1, null],
    [-1, null],
    [Number.NaN, null],
    [Number.POSITIVE_INFINITY, null],
  ])("a reset in %s ms is waited for %s ms", (retryAfterMs, expected) => {
    expect(quotaWaitMs({ reason: "agent_error.provider_quota_limit", retryAfterMs })).toBe(
      expected,
    );
  });
});
