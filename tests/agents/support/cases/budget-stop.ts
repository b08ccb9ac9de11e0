import { expect } from "vitest";
import { budgets } from "@headcount/contract/budgets/routes";
import { issues } from "@headcount/contract/issues/routes";
import { tasks } from "@headcount/contract/tasks/routes";
import { workspace } from "../../../support/start-product.ts";
import { bookedAsServed, ended, retryOf } from "../account.ts";
import {
  type AgentCase,
  firstCall,
  resumedWithinMs,
  secondCall,
  thirdCall,
} from "../agent-case.ts";
import { servedTokens } from "../books.ts";
import { done, failedBecause } from "../endings.ts";
import { processesOfTask } from "../task-processes.ts";
import { finalText, transcriptOf } from "../transcript.ts";

const tokensOf = (call: typeof firstCall): number =>
  call.input + call.cacheRead + call.cacheWrite + call.output;

/** Less than three calls use, more than two. */
const limit = tokensOf(firstCall) * 3 - 100;

/**
 * The agent calls tools without end. The call that crosses the limit is the last one that is served;
 * when there is room again the same session goes on.
 */
export const stoppedByBudget: AgentCase = {
  title: "INV-19 INV-26 a budget stops a loop of tool calls after the call that crossed it",
  async play(stage, coverage) {
    const { product, pointed, model, agent } = stage;
    const budget = await product.call(budgets.create, {
      workspace,
      name: "Loop",
      scope: "agent",
      subject: agent.id,
      unit: "tokens",
      window: { kind: "none" },
      // What the agent has used in other stories is not to count here.
      limit: String(limit + (await usedBefore(stage))),
      action: "stop",
    });
    const work = pointed.runShell("echo again >> loop.txt; sleep 5");
    stage.play([{ name: "loop", times: "any", reply: { content: [work], usage: firstCall } }]);
    const { issue, taskId } = await stage.assign("Go on for ever");
    const stopped = await product.taskEnded(taskId, 90_000);
    expect(stopped.error).toContain("Stopped by the budget “Loop”");
    await ended(stage, taskId, { ending: failedBecause("budget_stop"), coverage });
    await bookedAsServed(stage, [taskId], coverage);
    const [served] = Object.values(servedTokens(stage));
    expect(served?.output).toBe(firstCall.output * 3);

    const waiting = await retryOf(stage, stopped);
    const held = await product.call(tasks.why, { workspace, taskId: waiting.id });
    expect(held.reasons[0]).toMatchObject({ code: "held_by_budget" });
    const asked = model.begun();
    stage.play([
      { name: "look", reply: { content: [pointed.runShell("cat loop.txt")], usage: secondCall } },
      { name: "answer", reply: { content: [{ text: "It is enough now." }], usage: thirdCall } },
    ]);
    expect(processesOfTask(waiting.id)).toEqual([]);
    expect(model.begun()).toBe(asked);
    await product.call(budgets.raise, { workspace, budgetId: budget.id, by: "100000" });
    const resumed = await product.taskEnded(waiting.id, resumedWithinMs);
    expect(resumed).toMatchObject({
      sessionId: stopped.sessionId,
      workDirectory: stopped.workDirectory,
      attempt: 1,
    });
    await ended(stage, waiting.id, { ending: done, coverage });
    await bookedAsServed(stage, [waiting.id], coverage);
    expect(finalText(await transcriptOf(product, waiting.id))).toBe("It is enough now.");
    const after = await product.call(issues.get, { workspace, issue: issue.id });
    expect(after.status).not.toBe("cancelled");
    await product.call(budgets.archive, { workspace, budgetId: budget.id });
  },
};

/** Tokens of the agent that the books have already. */
async function usedBefore({ product, agent }: Parameters<AgentCase["play"]>[0]): Promise<number> {
  const preview = await product.call(budgets.preview, {
    workspace,
    scope: "agent",
    subject: agent.id,
    unit: "tokens",
    window: { kind: "none" },
  });
  return Number(preview.spent);
}
