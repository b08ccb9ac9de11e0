import { expect } from "vitest";
import type { TaskId } from "@headcount/contract/kit/ids";
import { tasks } from "@headcount/contract/tasks/routes";
import { waitFor } from "@headcount/testkit/wait-for";
import { workspace } from "../../../support/start-product.ts";
import { answersOn, bookedAsServed, ended, issueStatus } from "../account.ts";
import { type AgentCase, firstCall, secondCall, thirdCall } from "../agent-case.ts";
import { type AgentStage, askGit } from "../agent-stage.ts";
import { done } from "../endings.ts";
import { finalText, hasToolCalls, transcriptOf } from "../transcript.ts";

const shareWork = [
  "git add hello.txt",
  "git commit --quiet -m 'Say hello'",
  "git push --quiet origin HEAD",
  'headcount issue status "$HEADCOUNT_ISSUE_KEY" in_review',
  "printf 'Hello is written.' | headcount issue comment add \"$HEADCOUNT_ISSUE_KEY\" --content-stdin",
].join(" && ");

export const success: AgentCase = {
  name: "success",
  title: "success",
  async play(stage, coverage) {
    const { product, pointed } = stage;
    const playIn = (work: string): void => {
      const write = pointed.writeFile({ work, path: "hello.txt", content: "hi" });
      stage.play([
        { name: "write", reply: { content: [{ text: "Writing." }, write], usage: firstCall } },
        { name: "share", reply: { content: [pointed.runShell(shareWork)], usage: secondCall } },
        { name: "answer", reply: { content: [{ text: "All is said." }], usage: thirdCall } },
      ]);
    };
    playIn(".");
    const { issue, taskId } = await stage.assign("Say hello");
    if (stage.profile.writesTo === "absolute") playIn(await directoryOf(stage, taskId));
    await product.taskEnded(taskId);
    const task = await ended(stage, taskId, { ending: done, coverage });
    await bookedAsServed(stage, [taskId], coverage);
    const rows = await transcriptOf(product, taskId);
    hasToolCalls(rows, [
      { input: /hello\.txt/, output: /(?:)/ },
      { input: /issue comment add/, output: /(?:)/ },
    ]);
    expect(finalText(rows)).toBe("All is said.");
    expect(await answersOn(stage, issue)).toEqual(["Hello is written."]);
    expect(await issueStatus(stage, issue)).toBe("in_review");
    expect(task.branch).toMatch(/^agent\/real-/);
    expect(await askGit(stage.repository, "show", `${task.branch}:hello.txt`)).toBe("hi");
    expect(task.modelUsed).toBe(stage.servedModel);
  },
};

/** The work directory of a run, which is on record before the CLI has got as far as a question. */
async function directoryOf({ product }: AgentStage, taskId: TaskId): Promise<string> {
  return waitFor(async () => (await product.call(tasks.get, { workspace, taskId })).workDirectory, {
    describe: "the work directory of the run",
    timeoutMs: 30_000,
  });
}
