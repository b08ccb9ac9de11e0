import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { comments, issues } from "@headcount/contract/issues/routes";
import { tasks } from "@headcount/contract/tasks/routes";
import { waitFor } from "@headcount/testkit/wait-for";
import { workspace } from "../support/start-product.ts";
import { type ProductWithClaude, startWithClaude } from "../support/start-with-claude.ts";

/** What Claude Code ends with when its provider hangs up again and again: no status, only words. */
const hungUp = {
  subtype: "success",
  is_error: true,
  terminal_reason: "api_error",
  result: "API Error: Connection error.",
};

describe("a provider that hangs up", () => {
  let started: ProductWithClaude;
  beforeAll(async () => {
    started = await startWithClaude({ daemonEnvironment: { HEADCOUNT_POLL_INTERVAL: "1s" } });
  });
  afterAll(() => started[Symbol.asyncDispose]());

  it("INV-25 is asked three times in one session, at once and after five seconds, and then no more", async () => {
    const { product, claude } = started;
    await claude.setScript({
      steps: [{ text: "First." }, { result: hungUp }],
      resumedSteps: [{ text: "Once more." }, { result: hungUp }],
    });
    const agent = await product.createAgent("Claude", "claude");
    const { issue } = await product.assign("Hello?", agent);
    const ofIssue = async () =>
      (await product.call(issues.tasks, { workspace, issue: issue.id })).items.toSorted(
        (one, other) => one.attempt - other.attempt,
      );
    await waitFor(
      async () => (await ofIssue()).filter((one) => one.status === "failed").length === 3,
      {
        describe: "three failures",
        timeoutMs: 60_000,
      },
    );
    const runs = await ofIssue();
    const failed = { status: "failed", failureReason: "agent_error.provider_network" };
    expect(runs).toMatchObject([1, 2, 3].map((attempt) => ({ attempt, ...failed })));
    expect(runs.map(({ retryOf }) => retryOf)).toEqual([null, runs[0]?.id, runs[1]?.id]);
    expect(new Set(runs.map(({ sessionId }) => sessionId)).size).toBe(1);
    const between = Date.parse(runs[2]?.startedAt ?? "") - Date.parse(runs[1]?.endedAt ?? "");
    expect(between).toBeGreaterThanOrEqual(5_000);
    const { items } = await product.call(comments.list, { workspace, issue: issue.id });
    expect(items.filter(({ kind }) => kind === "system")).toHaveLength(1);
    const { items: all } = await product.call(tasks.list, { workspace });
    expect(all).toHaveLength(3);
  });
});
