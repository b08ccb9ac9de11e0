import { FailureReason } from "@headcount/contract/tasks/states";
import { describe, expect, it } from "vitest";
import { failureRemedies, remediesIn } from "./failure-remedies.ts";

const step = /press Run again|Press Run again|`headcount [a-z ]+`|Answer its comment/u;
const chineseStep = /再次运行|`headcount [a-z ]+`|回复/u;

describe("remedies", () => {
  it.each(FailureReason.options)("tells in both languages what to do about %s", (reason) => {
    expect(failureRemedies[reason].en).toMatch(step);
    expect(failureRemedies[reason]["zh-Hans"]).toMatch(chineseStep);
  });

  it("INV-125 names the same commands and variables in both languages", () => {
    const named = (text: string): readonly string[] =>
      [...text.matchAll(/`[^`]+`|HEADCOUNT_\w+/gu)].map(([name]) => name);
    for (const { en, "zh-Hans": chinese } of Object.values(failureRemedies)) {
      expect(named(chinese)).toEqual(named(en));
    }
  });

  it("gives one language by reason", () => {
    expect(Object.keys(remediesIn("zh-Hans")).toSorted()).toEqual(FailureReason.options.toSorted());
    expect(remediesIn("en").cancelled).toBe(failureRemedies.cancelled.en);
  });
});
