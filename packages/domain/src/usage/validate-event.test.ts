import { describe, expect, it } from "vitest";
import { type ReceivedUsage, type UsageTimes, validateUsage } from "./validate-event.ts";

const good: ReceivedUsage = {
  input: 10,
  cacheRead: 20,
  cacheWrite5m: 0,
  cacheWrite1h: 0,
  output: 5,
  reasoning: 3,
  revision: 0,
  reportedCostUsd: null,
};
const now = new Date("2026-11-21T10:00:00Z");
const times: UsageTimes = {
  usedAt: now,
  now,
  workspaceCreatedAt: new Date("2026-01-01T00:00:00Z"),
};
const verdict = (over: Partial<ReceivedUsage>, when: Partial<UsageTimes> = {}): string => {
  const result = validateUsage({ ...good, ...over }, { ...times, ...when });
  return result.ok ? "ok" : result.reason;
};

describe("validateUsage", () => {
  it("accepts whole counts and keeps them exactly", () => {
    expect(validateUsage({ ...good, input: 10_000_000_000 - 25 }, times)).toMatchObject({
      ok: true,
      value: {
        tokens: { input: 9_999_999_975n, cacheRead: 20n },
        revision: 0n,
        reportedPico: null,
      },
    });
  });

  it.each(["input", "cacheRead", "cacheWrite5m", "cacheWrite1h", "output", "reasoning"] as const)(
    "names what is wrong with %s",
    (member) => {
      expect(verdict({ [member]: -1 })).toBe("count_negative");
      expect(verdict({ [member]: 0.5 })).toBe("count_fractional");
      expect(verdict({ [member]: Number.NaN })).toBe("count_not_a_number");
      expect(verdict({ [member]: "12" })).toBe("count_not_a_number");
      expect(verdict({ [member]: undefined })).toBe("count_missing");
      expect(verdict({ [member]: null })).toBe("count_missing");
      expect(verdict({ [member]: 10_000_000_001 })).toBe("count_too_large");
      expect(verdict({ [member]: Number.POSITIVE_INFINITY })).toBe("count_too_large");
    },
  );

  it("refuses a sum above the limit although each count is below it", () => {
    expect(verdict({ input: 6_000_000_000, output: 6_000_000_000 })).toBe("count_too_large");
  });

  it.each([
    ["2026-11-21T10:10:00Z", "ok"],
    ["2026-11-21T10:10:01Z", "time_in_future"],
    ["2025-12-31T23:50:00Z", "ok"],
    ["2025-12-31T23:49:59Z", "time_before_workspace"],
    ["never", "time_invalid"],
  ])("use at %s is %s", (usedAt, expected) => {
    expect(verdict({}, { usedAt: new Date(usedAt) })).toBe(expected);
  });

  it.each([
    ["0.01", 10_000_000_000n],
    ["0", null],
    ["-1", null],
    [null, null],
  ])("reads the reported cost %j as %s", (reportedCostUsd, reportedPico) => {
    expect(validateUsage({ ...good, reportedCostUsd }, times)).toMatchObject({
      value: { reportedPico },
    });
  });

  it("refuses a broken cost or revision", () => {
    expect(verdict({ reportedCostUsd: "free" })).toBe("reported_cost_invalid");
    expect(verdict({ reportedCostUsd: 1 })).toBe("reported_cost_invalid");
    for (const revision of [-1, 0.5, Number.NaN, "1", undefined]) {
      expect(verdict({ revision })).toBe("revision_invalid");
    }
  });

  it("never lets reasoning exceed the output that it is a part of", () => {
    expect(validateUsage({ ...good, reasoning: 9 }, times)).toMatchObject({
      value: { tokens: { output: 5n, reasoning: 5n } },
    });
  });
});
