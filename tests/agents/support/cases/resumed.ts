import { expect } from "vitest";
import { comments } from "@headcount/contract/issues/routes";
import type { Issue } from "@headcount/contract/issues/schemas";
import type { CommentId, TaskId } from "@headcount/contract/kit/ids";
import { tasks } from "@headcount/contract/tasks/routes";
import { workspace } from "../../../support/start-product.ts";
import { bookedAsServed, commentsOn, ended } from "../account.ts";
import {
  type AgentCase,
  firstCall,
  resumedWithinMs,
  secondCall,
  thirdCall,
} from "../agent-case.ts";
import type { AgentStage } from "../agent-stage.ts";
import { cancelled, done } from "../endings.ts";
import type { StatedCoverage } from "../stated-coverage.ts";
import { pidIn, runForEver } from "../tools.ts";
import { finalText, hasToolCalls, transcriptOf } from "../transcript.ts";

export const resumed: AgentCase = {
  name: "resumed",
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
    await bookedAsServed(stage, [taskId], coverage);

    const count = pointed.runShell("cat one.txt && echo two > two.txt && ls");
    stage.play([
      { name: "two", reply: { content: [count], usage: thirdCall } },
      { name: "answer", reply: { content: [{ text: "Two is there too." }], usage: firstCall } },
    ]);
    const { followUp, commentId } = await ask(stage, issue, "And now two.");
    await product.taskEnded(followUp, resumedWithinMs);
    const second = await ended(stage, followUp, { ending: done, coverage });
    expect(second.sessionId).toBe(first.sessionId);
    expect(second.workDirectory).toBe(first.workDirectory);
    if (stage.profile.sessionId === null) wasToldOfLoss(stage);
    // The model server counts from the second script on: only what the second run used.
    await bookedAsServed(stage, [followUp], coverage);
    expect(stage.model.unused()).toEqual([]);
    const rows = await transcriptOf(product, followUp);
    hasToolCalls(rows, [{ input: /two\.txt/, output: /one[^]*two\.txt/ }]);
    expect(finalText(rows)).toBe("Two is there too.");
    const said = (await commentsOn(stage, issue)).map(({ body, parentId }) => [body, parentId]);
    expect(said).toEqual([
      ["One is there.", null],
      ["And now two.", null],
      ["Two is there too.", commentId],
    ]);
  },
};

/** An agent whose CLI keeps no session is told that it has worked on this before. */
function wasToldOfLoss({ model }: AgentStage): void {
  const asked = model.requests().map(({ userText }) => userText ?? "");
  expect(asked.join("\n")).toContain("keeps no sessions");
}

/** @param ofCancelled what the CLI can know of the tokens of the run that was stopped */
export function resumedAfterCancel(ofCancelled: StatedCoverage): AgentCase {
  return {
    title: "INV-26 a comment resumes a cancelled session",
    async play(stage, coverage) {
      const { product, pointed } = stage;
      const tool = stage.mark("tool-before-comment");
      const begin = `echo half > half.txt; ${runForEver(tool)}`;
      stage.play([
        { name: "begin", reply: { content: [pointed.runShell(begin)], usage: firstCall } },
      ]);
      const { issue, taskId } = await stage.assign("Do half of it");
      await pidIn(tool);
      await product.call(tasks.cancel, { workspace, taskId });
      const first = await ended(stage, taskId, { ending: cancelled, coverage: ofCancelled });
      await bookedAsServed(stage, [taskId], ofCancelled);
      expect(stage.model.unused()).toEqual([]);

      stage.play([
        { name: "look", reply: { content: [pointed.runShell("cat half.txt")], usage: secondCall } },
        { name: "answer", reply: { content: [{ text: "It is whole now." }], usage: thirdCall } },
      ]);
      const { followUp } = await ask(stage, issue, "Do the rest as well.");
      await product.taskEnded(followUp, resumedWithinMs);
      const second = await ended(stage, followUp, { ending: done, coverage });
      expect(second.sessionId).toBe(first.sessionId);
      expect(second.workDirectory).toBe(first.workDirectory);
      await bookedAsServed(stage, [followUp], coverage);
      const rows = await transcriptOf(product, followUp);
      hasToolCalls(rows, [{ input: /half\.txt/, output: /half/ }]);
      expect(finalText(rows)).toBe("It is whole now.");
    },
  };
}

/** Comments on an issue, which wakes its agent. */
async function ask(
  { product }: AgentStage,
  issue: Issue,
  body: string,
): Promise<{ readonly followUp: TaskId; readonly commentId: CommentId }> {
  const { comment, triggers } = await product.call(comments.add, {
    workspace,
    issue: issue.id,
    body,
  });
  const followUp = triggers[0]?.taskId;
  if (!followUp) throw new Error(`Nobody woke: ${JSON.stringify(triggers)}`);
  return { followUp, commentId: comment.id };
}
