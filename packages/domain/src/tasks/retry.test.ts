import { FailureReason, TaskKind } from "@headcount/contract/tasks/states";
import { describe, expect, it } from "vitest";
import { failureTaxonomy } from "./failure-taxonomy.ts";
import { retryDecision, type RetryFacts } from "./retry.ts";

const facts = (over: Partial<RetryFacts>): RetryFacts => ({
  reason: "timeout",
  attempt: 1,
  maxAttempts: 2,
  kind: "assignment",
  retryAfterMs: null,
  resumeSafe: true,
  jitter: 0,
  ...over,
});

function words(input: RetryFacts): string {
  const decision = retryDecision(input);
  if (!decision.retry) return "no retry";
  const when =
    "deferredUntil" in decision ? `when ${decision.deferredUntil}` : `after ${decision.delayMs} ms`;
  return `${when}, ${decision.session}${decision.countsAttempt ? "" : ", attempt not counted"}`;
}

describe("retryDecision", () => {
  it("INV-33 retries exactly the closed list", () => {
    const table = FailureReason.options.flatMap((reason) => {
      const { resumeSafe } = failureTaxonomy[reason];
      return [1, 2, 3].flatMap((attempt) =>
        [null, 60_000].flatMap((retryAfterMs) => {
          const line = words(facts({ reason, attempt, retryAfterMs, resumeSafe }));
          return line === "no retry"
            ? []
            : [`${reason} attempt ${attempt} retryAfter ${retryAfterMs}: ${line}`];
        }),
      );
    });
    expect(table).toMatchInlineSnapshot(`
      [
        "runtime_offline attempt 1 retryAfter null: when runtime_online, resume",
        "runtime_offline attempt 1 retryAfter 60000: when runtime_online, resume",
        "runtime_recovery attempt 1 retryAfter null: after 0 ms, resume",
        "runtime_recovery attempt 1 retryAfter 60000: after 0 ms, resume",
        "timeout attempt 1 retryAfter null: after 0 ms, resume",
        "timeout attempt 1 retryAfter 60000: after 0 ms, resume",
        "skill_bundle_unavailable attempt 1 retryAfter null: after 0 ms, resume",
        "skill_bundle_unavailable attempt 1 retryAfter 60000: after 0 ms, resume",
        "semantic_inactivity attempt 1 retryAfter null: after 0 ms, fresh",
        "semantic_inactivity attempt 1 retryAfter 60000: after 0 ms, fresh",
        "budget_stop attempt 1 retryAfter null: after 0 ms, resume, attempt not counted",
        "budget_stop attempt 1 retryAfter 60000: after 0 ms, resume, attempt not counted",
        "budget_stop attempt 2 retryAfter null: after 0 ms, resume, attempt not counted",
        "budget_stop attempt 2 retryAfter 60000: after 0 ms, resume, attempt not counted",
        "budget_stop attempt 3 retryAfter null: after 0 ms, resume, attempt not counted",
        "budget_stop attempt 3 retryAfter 60000: after 0 ms, resume, attempt not counted",
        "runaway_stop attempt 1 retryAfter null: after 0 ms, resume, attempt not counted",
        "runaway_stop attempt 1 retryAfter 60000: after 0 ms, resume, attempt not counted",
        "runaway_stop attempt 2 retryAfter null: after 0 ms, resume, attempt not counted",
        "runaway_stop attempt 2 retryAfter 60000: after 0 ms, resume, attempt not counted",
        "runaway_stop attempt 3 retryAfter null: after 0 ms, resume, attempt not counted",
        "runaway_stop attempt 3 retryAfter 60000: after 0 ms, resume, attempt not counted",
        "agent_error.provider_quota_limit attempt 1 retryAfter 60000: after 60000 ms, resume, attempt not counted",
        "agent_error.provider_quota_limit attempt 2 retryAfter 60000: after 60000 ms, resume, attempt not counted",
        "agent_error.provider_quota_limit attempt 3 retryAfter 60000: after 60000 ms, resume, attempt not counted",
        "agent_error.provider_capacity_or_rate_limit attempt 1 retryAfter 60000: after 60000 ms, resume",
        "agent_error.provider_network attempt 1 retryAfter null: after 0 ms, resume",
        "agent_error.provider_network attempt 1 retryAfter 60000: after 0 ms, resume",
        "agent_error.provider_network attempt 2 retryAfter null: after 5000 ms, resume",
        "agent_error.provider_network attempt 2 retryAfter 60000: after 5000 ms, resume",
      ]
    `);
  });

  it("INV-33 never retries with one attempt allowed, and never a probe", () => {
    for (const reason of FailureReason.options) {
      const retryAfterMs = 1_000;
      expect(words(facts({ reason, retryAfterMs, maxAttempts: 1 }))).toBe("no retry");
      expect(words(facts({ reason, retryAfterMs, kind: "doctor" }))).toBe("no retry");
    }
  });

  it("INV-25 tries a broken connection at once, then after 5 s, then stops", () => {
    const at = (attempt: number): string =>
      words(facts({ reason: "agent_error.provider_network", attempt }));
    expect([at(1), at(2), at(3)]).toEqual([
      "after 0 ms, resume",
      "after 5000 ms, resume",
      "no retry",
    ]);
  });

  it.each([
    ["agent_error.provider_capacity_or_rate_limit", 15 * 60_000],
    ["agent_error.provider_quota_limit", 7 * 86_400_000],
  ] as const)("%s waits as told up to %d ms", (reason, longest) => {
    expect(retryDecision(facts({ reason, retryAfterMs: longest }))).toMatchObject({
      retry: true,
      delayMs: longest,
    });
    for (const retryAfterMs of [longest + 1, -1, Number.NaN, Number.POSITIVE_INFINITY]) {
      expect(words(facts({ reason, retryAfterMs }))).toBe("no retry");
    }
  });

  it("spreads retries after the moment that was named, never before it", () => {
    for (const reason of [
      "agent_error.provider_capacity_or_rate_limit",
      "agent_error.provider_quota_limit",
    ] as const) {
      const late = retryDecision(facts({ reason, retryAfterMs: 60_000, jitter: 0.999_999 }));
      const delayMs = late.retry && "delayMs" in late ? late.delayMs : 0;
      expect(delayMs).toBeGreaterThan(60_000);
      expect(delayMs).toBeLessThanOrEqual(120_000);
    }
  });

  it("starts fresh where the session is unsafe", () => {
    expect(words(facts({ reason: "semantic_inactivity", resumeSafe: false }))).toBe(
      "after 0 ms, fresh",
    );
  });

  it("treats every other kind of work alike", () => {
    const kinds = TaskKind.options.filter((kind) => kind !== "doctor");
    expect(new Set(kinds.map((kind) => words(facts({ kind }))))).toEqual(
      new Set(["after 0 ms, resume"]),
    );
  });
});
