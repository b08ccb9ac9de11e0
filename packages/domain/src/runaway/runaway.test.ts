import { describe, expect, it } from "vitest";
import { describeRunaway } from "./describe-runaway.ts";
import { judgeRestarts } from "./judge-restarts.ts";
import { isNotable, judgeVelocity, type QuarterSpend } from "./judge-velocity.ts";

const dollars = (usd: number, tokens = 0): QuarterSpend => ({
  costPico: BigInt(Math.round(usd * 1e6)) * 1_000_000n,
  tokens: BigInt(tokens),
});
/** Nineteen calm quarters and one busy one. */
const habits = [...Array.from({ length: 19 }, () => dollars(1)), dollars(40)];

describe("judgeVelocity", () => {
  it.each([
    ["within its habits", dollars(1), habits, null],
    ["just below eight times what is rare", dollars(7.99), habits, null],
    ["eight times what is rare", dollars(8), habits, "costPico"],
    ["far above, but next to nothing", dollars(4.99), habits.map(() => dollars(0.01)), null],
    ["far above, and something", dollars(5), habits.map(() => dollars(0.01)), "costPico"],
    ["new, within what anybody may use", dollars(24.99), [dollars(0.01)], null],
    ["new, above what anybody may use", dollars(25), [dollars(0.01)], "costPico"],
    ["unpriced tokens far above", dollars(0, 8e6), habits.map(() => dollars(0, 1e6)), "tokens"],
    ["unpriced tokens as usual", dollars(0, 7e6), habits.map(() => dollars(0, 1e6)), null],
  ] as const)("%s", (_, recent, history, measure) => {
    expect(judgeVelocity({ recent, history, factor: 8 })?.measure ?? null).toBe(measure);
  });

  it("never finds what is not notable, so that only notable agents need a look at their history", () => {
    const amounts = Array.from({ length: 80 }, (_, step) => step * 0.37);
    const histories = [[], habits, habits.map(() => dollars(0.001))];
    const found = amounts.flatMap((usd) => {
      const recent = dollars(usd, Math.round(usd * 100_000));
      return histories.flatMap((history) =>
        judgeVelocity({ recent, history, factor: 2 }) === null ? [] : [recent],
      );
    });
    expect(found.length).toBeGreaterThan(50);
    expect(found.filter((recent) => !isNotable(recent))).toEqual([]);
  });
});

describe("judgeRestarts", () => {
  const calm = { onOneIssue: 2, startedByNobody: 3, hadEffect: [] };
  it.each([
    ["calm", calm, null],
    ["eleven starts on an issue", { ...calm, onOneIssue: 11 }, null],
    ["twelve starts on an issue", { ...calm, onOneIssue: 12 }, "trigger_storm"],
    ["59 starts by nobody", { ...calm, startedByNobody: 59 }, null],
    ["60 starts by nobody", { ...calm, startedByNobody: 60 }, "trigger_storm"],
    ["five runs in vain", { ...calm, hadEffect: Array.from({ length: 5 }, () => false) }, null],
    ["six runs in vain", { ...calm, hadEffect: Array.from({ length: 6 }, () => false) }, "loop"],
    [
      "an effect among them",
      { ...calm, hadEffect: [false, false, false, true, false, false] },
      null,
    ],
    [
      "effects long ago",
      { ...calm, hadEffect: [false, false, false, false, false, false, true] },
      "loop",
    ],
  ] as const)("%s", (_, facts, kind) => {
    expect(judgeRestarts(facts)?.kind ?? null).toBe(kind);
  });
});

describe("describeRunaway", () => {
  it("says what was seen, with the figures", () => {
    const velocity = judgeVelocity({ recent: dollars(40), history: habits, factor: 8 });
    if (!velocity) throw new Error("Nothing was found");
    expect(describeRunaway("Ada", { kind: "velocity", velocity })).toEqual({
      kind: "velocity",
      detail: "Ada used US$40.00 within a quarter of an hour, where it rarely exceeds US$1.00.",
      facts: { agent: "Ada", measure: "cost", recent: "40000000000000", usual: "1000000000000" },
    });
    expect(
      describeRunaway("Ada", { kind: "loop", repetition: { tool: "Bash", times: 31 } }).detail,
    ).toBe("Ada called Bash 31 times with the same input within ten minutes.");
    expect(describeRunaway("Ada", { kind: "loop", runs: 6 }).detail).toContain(
      "last 6 runs of Ada",
    );
  });
});
