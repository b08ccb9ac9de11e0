import { describe, expect, it } from "vitest";
import { describeNotice, type NoticeStanding } from "./describe-notice.ts";
import { nextTryMs, webhookPausesMs } from "./webhook-tries.ts";

const usd = (amount: number): bigint => BigInt(amount) * 10n ** 12n;
const standing: NoticeStanding = {
  name: "Design",
  unit: "billed_usd",
  action: "stop",
  spent: usd(41),
  limit: usd(50),
  resetsAt: "2026-12-01T00:00:00.000Z",
};

describe("describeNotice", () => {
  it("says how a budget stands and until when", () => {
    const notice = describeNotice({ type: "budget_threshold", budget: standing, percent: 80 });
    expect(notice).toMatchObject({
      severity: "attention",
      title: "Design: 80 % used",
      body: "US$41.00 of US$50.00 are used. It starts anew at 2026-12-01T00:00:00.000Z.",
      facts: { percent: 80, spent: "41000000000000", limit: "50000000000000" },
    });
  });

  it.each([
    ["stop", "action_required", "Running tasks were stopped"],
    ["hold", "action_required", "No task in its scope starts"],
    ["notify", "attention", "Nothing is held"],
  ] as const)("a budget that is used up and is to %s is %s", (action, severity, words) => {
    const budget = { ...standing, action, spent: usd(51) };
    const notice = describeNotice({ type: "budget_exhausted", budget });
    expect(notice.severity).toBe(severity);
    expect(notice.body).toContain(words);
  });

  it("an empty tank has nothing left, however far it was overdrawn", () => {
    const tank = { ...standing, spent: usd(60), resetsAt: null };
    const { body } = describeNotice({ type: "tank_empty", tank });
    expect(body).toMatch(/^Nothing of US\$50\.00 is left\..*headcount tank top-up/);
    expect(describeNotice({ type: "tank_low", tank: standing, percentLeft: 20 }).body).toBe(
      "US$9.00 of US$50.00 are left.",
    );
  });
});

describe("a delivery that is not taken", () => {
  it("is tried eight times within a day", () => {
    const pauses = Array.from({ length: 8 }, (_, tries) => nextTryMs(tries + 1));
    expect(pauses.slice(0, 7)).toEqual(webhookPausesMs);
    expect(pauses[7]).toBeNull();
    const totalMs = webhookPausesMs.reduce((sum, ms) => sum + ms, 0);
    expect(totalMs / 3_600_000).toBeLessThan(24);
  });
});
