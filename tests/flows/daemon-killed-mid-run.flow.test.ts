import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { issues } from "@headcount/contract/issues/routes";
import { usage } from "@headcount/contract/usage/routes";
import { waitFor } from "@headcount/testkit/wait-for";
import { processesWith } from "../support/marked-processes.ts";
import { workspace } from "../support/start-product.ts";
import { type ProductWithClaude, startWithClaude } from "../support/start-with-claude.ts";

describe("scenario D: the daemon is killed in the middle of a run", () => {
  let started: ProductWithClaude;
  beforeAll(async () => {
    started = await startWithClaude();
  });
  afterAll(() => started[Symbol.asyncDispose]());

  it("INV-26 INV-27 INV-105 nothing of the run survives, and its retry resumes session and folder", async () => {
    const { product, claude } = started;
    await claude.setScript({
      model: "claude-sonnet-5",
      steps: [
        { usage: { input: 1009, cacheRead: 211, cacheWrite: 307, output: 53 } },
        { text: "The first part." },
        { spawnDetached: "while :; do sleep 1; done" },
        { hang: "deaf" },
      ],
      resumedSteps: [
        { usage: { input: 1511, cacheRead: 409, cacheWrite: 103, output: 29 } },
        { result: "The second part." },
      ],
    });
    const agent = await product.createAgent("Claude", "claude", { model: "claude-sonnet-5" });
    const { issue, taskId } = await product.assign("Interrupted", agent);
    const firstUsage = await waitFor(
      async () => {
        const { total } = await product.call(usage.task, { workspace, taskId });
        return total.tokens.output === 53 ? total : undefined;
      },
      { describe: "the usage of the first part", timeoutMs: 30_000 },
    );
    expect(firstUsage.tokens).toMatchObject({ input: 1009, cacheRead: 211, cacheWrite5m: 307 });
    const own = `HEADCOUNT_TASK_ID=${taskId}`;
    expect(processesWith(own).length).toBeGreaterThanOrEqual(2);

    await product.stopDaemon("SIGKILL");
    expect(processesWith(own).length).toBeGreaterThanOrEqual(2);
    product.startDaemon();

    const lost = await product.taskEnded(taskId);
    expect(processesWith(own)).toEqual([]);
    expect(lost).toMatchObject({ status: "failed", failureReason: "runtime_recovery" });
    const retry = await waitFor(
      async () => {
        const { items } = await product.call(issues.tasks, { workspace, issue: issue.id });
        const found = items.find((task) => task.retryOf === taskId);
        return found?.endedAt ? found : undefined;
      },
      { describe: "the end of the retry", timeoutMs: 30_000 },
    );
    expect([retry.error, retry.status, retry.attempt]).toEqual([null, "completed", 2]);
    expect(retry.sessionId).not.toBeNull();
    expect([retry.sessionId, retry.workDirectory]).toEqual([lost.sessionId, lost.workDirectory]);
    const { total } = await product.call(usage.issue, { workspace, issue: issue.id });
    expect(total.tokens).toMatchObject({
      input: 1009 + 1511,
      cacheRead: 211 + 409,
      cacheWrite5m: 307 + 103,
      output: 53 + 29,
    });
    const ofRetry = await product.call(usage.task, { workspace, taskId: retry.id });
    expect(ofRetry.total.tokens).toMatchObject({ input: 1511, output: 29 });
    const { differences } = await product.call(usage.verify, { workspace });
    expect(differences).toEqual([]);
  });
});
