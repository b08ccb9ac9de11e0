import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { tasks } from "@headcount/contract/tasks/routes";
import { patientMs } from "@headcount/testkit/patience";
import { workspace } from "../support/start-product.ts";
import { type ProductWithClaude, startWithClaude } from "../support/start-with-claude.ts";

describe("a provider whose quota is used up for a while", () => {
  let started: ProductWithClaude;
  beforeAll(async () => {
    started = await startWithClaude({ daemonEnvironment: { HEADCOUNT_POLL_INTERVAL: "1s" } });
  });
  afterAll(async () => {
    await started[Symbol.asyncDispose]();
  });

  // Retries come back spread over the minute after the reset.
  it(
    "INV-123 the refused run waits and continues its session, and no other starts before the reset",
    { timeout: patientMs(200_000) },
    async () => {
      const { product, claude } = started;
      const text = "You exceeded your current quota. Try again in 20 seconds.";
      await claude.setScript({
        steps: [{ apiError: { status: 402, text } }],
        resumedSteps: [{ result: "Continued." }],
      });
      const first = await product.assign("Refused", await product.createAgent("Ada", "claude"));
      const refused = await product.taskEnded(first.taskId);
      expect(refused.failureReason).toBe("agent_error.provider_quota_limit");
      await claude.setScript({
        steps: [{ result: "Started late." }],
        resumedSteps: [{ result: "Continued." }],
      });
      const second = await product.assign("Behind", await product.createAgent("Bob", "claude"));
      const why = await product.call(tasks.why, { workspace, taskId: second.taskId });
      expect(why.reasons[0]).toMatchObject({
        code: "quota_wait",
        facts: { provider: "anthropic", account: null },
      });
      const resetAt = Date.parse(String(why.reasons[0]?.facts["until"]));

      const late = await product.taskEnded(second.taskId, 60_000);
      expect(late.status).toBe("completed");
      expect(Date.parse(late.dispatchedAt ?? "")).toBeGreaterThanOrEqual(resetAt);
      const { items } = await product.call(tasks.list, { workspace });
      const retryId = items.find((task) => task.retryOf === first.taskId)?.id;
      if (!retryId) throw new Error("The refused run is not tried again");
      const retried = await product.taskEnded(retryId, 120_000);
      expect(retried).toMatchObject({ status: "completed", result: "Continued.", attempt: 1 });
      expect(Date.parse(retried.dispatchedAt ?? "")).toBeGreaterThanOrEqual(resetAt);
      expect(retried.sessionId).toBe(refused.sessionId);
    },
  );
});
