import { expect } from "vitest";
import { comments } from "@headcount/contract/issues/routes";
import { workspace } from "../../../support/start-product.ts";
import { bookedAsServed, commentsOn, ended } from "../account.ts";
import { type AgentCase, firstCall, secondCall, thirdCall } from "../agent-case.ts";
import { done } from "../endings.ts";
import { finalText, hasToolCalls, transcriptOf } from "../transcript.ts";

export const resumed: AgentCase = {
  title: "INV-26 a comment resumes the session",
  async play(stage, coverage) {
    const { product, pointed } = stage;
    stage.play([
      {
        name: "one",
        reply: { content: [pointed.runShell("echo one > one.txt")], usage: firstCall },
      },
      { name: "answer", reply: { content: [{ text: "One is there." }], usage: secondCall } },
    ]);
    const { issue, taskId } = await stage.assign("Count to two");
    await product.taskEnded(taskId);
    const first = await ended(stage, taskId, { ending: done, coverage });
    await bookedAsServed(stage, [taskId]);

    const count = pointed.runShell("cat one.txt && echo two > two.txt && ls");
    stage.play([
      { name: "two", reply: { content: [count], usage: thirdCall } },
      { name: "answer", reply: { content: [{ text: "Two is there too." }], usage: firstCall } },
    ]);
    const asked = await product.call(comments.add, {
      workspace,
      issue: issue.id,
      body: "And now two.",
    });
    const followUp = asked.triggers[0]?.taskId;
    if (!followUp) throw new Error(`Nobody woke: ${JSON.stringify(asked.triggers)}`);
    await product.taskEnded(followUp);
    const second = await ended(stage, followUp, { ending: done, coverage });
    expect(second.sessionId).toBe(first.sessionId);
    expect(second.workDirectory).toBe(first.workDirectory);
    // The model server counts from the second script on: only what the second run used.
    await bookedAsServed(stage, [followUp]);
    expect(stage.model.unused()).toEqual([]);
    const rows = await transcriptOf(product, followUp);
    hasToolCalls(rows, [{ input: /two\.txt/, output: /one[^]*two\.txt/ }]);
    expect(finalText(rows)).toBe("Two is there too.");
    const said = (await commentsOn(stage, issue)).map(({ body, parentId }) => [body, parentId]);
    expect(said).toEqual([
      ["One is there.", null],
      ["And now two.", null],
      ["Two is there too.", asked.comment.id],
    ]);
  },
};
