import { expect } from "vitest";
import { answersOn, bookedAsServed, ended } from "../account.ts";
import { type AgentCase, firstCall, secondCall, thirdCall } from "../agent-case.ts";
import { bookedTokens } from "../books.ts";
import { done } from "../endings.ts";
import { finalText, hasToolCalls, transcriptOf } from "../transcript.ts";

const errand = "ERRAND: say that you are back";

/** Claude Code hands part of its work to an agent of its own, on another model. */
export const delegated: AgentCase = {
  title: "work handed to a subagent on another model",
  async play(stage, coverage) {
    const { product, pointed } = stage;
    const handOver = {
      tool: "Agent",
      input: {
        description: "run an errand",
        prompt: errand,
        subagent_type: "general-purpose",
        model: "haiku",
        run_in_background: false,
      },
    };
    stage.play([
      {
        name: "errand",
        when: { userText: "ERRAND" },
        reply: { content: [{ text: "I am back." }], usage: thirdCall },
      },
      { name: "hand over", reply: { content: [handOver], usage: firstCall } },
      { name: "answer", reply: { content: [{ text: "The errand is run." }], usage: secondCall } },
    ]);
    const { issue, taskId } = await stage.assign("Have an errand run");
    await product.taskEnded(taskId);
    await ended(stage, taskId, { ending: done, coverage });
    await bookedAsServed(stage, [taskId], coverage);
    const models = Object.keys(await bookedTokens(product, [taskId]));
    expect(models.toSorted()).toEqual([expect.stringContaining("haiku"), pointed.mainModel]);
    const rows = await transcriptOf(product, taskId);
    hasToolCalls(rows, [{ input: /ERRAND/, output: /I am back\./ }]);
    expect(finalText(rows)).toBe("The errand is run.");
    expect(await answersOn(stage, issue)).toEqual(["The errand is run."]);
  },
};
