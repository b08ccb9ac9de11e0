import { describe, expect, it } from "vitest";
import { drillQuestion } from "./drill-question.ts";

const question = { workspace: "w", tz: "UTC", days: 30, agent: "ada", model: "m1" };
const shown = { measure: "cost", money: "cost" } as const;

describe("the question for the tasks behind something", () => {
  it("narrows the page's own, the period too where a part of it is meant", () => {
    expect(
      drillQuestion(
        question,
        {
          from: "2026-11-01T00:00:00Z",
          to: "2026-11-02T00:00:00Z",
          of: [{ by: "model", kind: "value", value: "a,b" }],
        },
        shown,
      ),
    ).toEqual({
      workspace: "w",
      tz: "UTC",
      from: "2026-11-01T00:00:00Z",
      to: "2026-11-02T00:00:00Z",
      agent: "ada",
      model: "a\\,b",
      metrics: "cost,tokens,run_time",
      order: "-cost",
    });
  });

  it("keeps the period otherwise, and has words for what has no name", () => {
    const of = [
      { by: "agent", kind: "private", value: null },
      { by: "project", kind: "none", value: null },
    ] as const;
    expect(drillQuestion(question, { of: [...of] }, { ...shown, measure: "time" })).toMatchObject({
      days: 30,
      agent: "private",
      project: "none",
      metrics: "run_time,cost,tokens",
      order: "-run_time",
    });
    const imported = [{ by: "agent", kind: "unmanaged", value: null } as const];
    expect(drillQuestion(question, { of: imported }, shown)).toMatchObject({ agent: "none" });
  });

  it("asks for failures where failures are looked at", () => {
    const of = [{ by: "failure_class", kind: "value", value: "timeout" } as const];
    expect(drillQuestion(question, { of }, shown)).toMatchObject({
      failure_class: "timeout",
      metrics: "failures,run_time",
      order: "-failures",
    });
  });
});
