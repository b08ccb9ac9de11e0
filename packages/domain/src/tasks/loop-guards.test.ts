import { describe, expect, it } from "vitest";
import { checkLoopGuards, type GuardFacts } from "./loop-guards.ts";

const limits = {
  maxHops: 8,
  maxTasksPerIssuePerHour: 20,
  maxAgentTasksPerOriginatorPerHour: 120,
};
const calm: GuardFacts = {
  humanTriggered: false,
  hop: 8,
  issueTasksLastHour: 19,
  originatorAgentTasksLastHour: 119,
};

describe("checkLoopGuards", () => {
  it("INV-50 lets everything up to the limits pass", () => {
    expect(checkLoopGuards(calm, limits)).toEqual({ ok: true });
  });

  it.each([
    [{ hop: 9 }, "hop_limit_reached", 8],
    [{ issueTasksLastHour: 20 }, "issue_rate_limited", 20],
    [{ originatorAgentTasksLastHour: 120 }, "originator_rate_limited", 120],
  ] as const)("INV-50 stops %j with the limit and a way on", (over, reason, limit) => {
    const verdict = checkLoopGuards({ ...calm, ...over }, limits);
    const notice: unknown = expect.stringMatching(new RegExp(`${limit}.*Continue`, "u"));
    expect(verdict).toMatchObject({ ok: false, reason, limit, notice });
  });

  it("never refuses what a person asked for", () => {
    const flood = { hop: 99, issueTasksLastHour: 999, originatorAgentTasksLastHour: 999 };
    expect(checkLoopGuards({ ...flood, humanTriggered: true }, limits)).toEqual({ ok: true });
  });
});
