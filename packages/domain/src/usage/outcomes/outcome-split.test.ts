import { describe, expect, it } from "vitest";
import { outcomeSplit } from "./outcome-split.ts";

const used = { events: 3n, priced_events: 3n, tokens: 900n, run_ms: 10_000n, tasks: 2n };

describe("the split of spend", () => {
  it("adds the outcomes up, and shares what issues needed by their number", () => {
    const split = outcomeSplit(
      new Map([
        ["done", { ...used, cost_pico: 10n }],
        ["rework", { ...used, cost_pico: 4n }],
      ]),
      {
        issuesDone: { count: 3, sums: { ...used, cost_pico: 10n, tasks: 4n } },
        pullRequestsMerged: { count: 2, sums: { ...used, cost_pico: 9n } },
      },
    );
    expect(split.spend).toMatchObject({ costUsd: "0.000000000014", tokens: 1_800, tasks: 4 });
    expect(split.byOutcome.open).toMatchObject({ costUsd: "0", tokens: 0, tasks: 0 });
    expect(split.issuesDone.perIssue).toEqual({
      costUsd: "0.000000000003",
      notionalUsd: "0",
      tokens: 300,
      runTimeMs: 3_333,
      attempts: 1.33,
    });
    expect(split.pullRequestsMerged).toMatchObject({
      count: 2,
      whole: { costUsd: "0.000000000009", tasks: 2 },
      perPullRequest: { costUsd: "0.000000000004", tokens: 450, attempts: 1 },
    });
  });

  it("shares nothing among no results, and calls no cost zero that is unknown", () => {
    const unpriced = { events: 1n, priced_events: 0n, tokens: 7n, unpriced_tokens: 7n };
    const split = outcomeSplit(new Map([["open", unpriced]]), {
      issuesDone: { count: 0, sums: {} },
      pullRequestsMerged: { count: 0, sums: {} },
    });
    expect(split.issuesDone).toMatchObject({ count: 0, perIssue: null });
    expect(split.pullRequestsMerged).toMatchObject({ count: 0, perPullRequest: null });
    expect(split.spend).toMatchObject({ costUsd: null, unpricedTokens: 7 });
  });
});
