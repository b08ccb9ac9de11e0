import { execFile } from "node:child_process";
import { writeFile } from "node:fs/promises";
import { promisify } from "node:util";
import { expect } from "vitest";
import { tasks } from "@headcount/contract/tasks/routes";
import { waitFor } from "@headcount/testkit/wait-for";
import { workspace } from "../../../support/start-product.ts";
import { answersOn, bookedAsServed, bookedInTool, commentsOn, ended, retryOf } from "../account.ts";
import {
  type AgentCase,
  firstCall,
  resumedWithinMs,
  secondCall,
  thirdCall,
} from "../agent-case.ts";
import { done, failedBecause } from "../endings.ts";
import { isAlive, processesOfTask } from "../task-processes.ts";
import { leaveStubborn, pidIn, runForEver } from "../tools.ts";
import { finalText, hasToolCalls, toolInputs, transcriptOf } from "../transcript.ts";

const run = promisify(execFile);

export const daemonKilled: AgentCase = {
  name: "daemon-killed",
  title: "INV-105 INV-27 kill -9 of the daemon in a tool",
  async play(stage, coverage) {
    const { product, pointed } = stage;
    const [tool, stubborn] = [stage.mark("orphaned-tool"), stage.mark("orphaned-stubborn")];
    const command = `${leaveStubborn(stubborn)} ${runForEver(tool)}`;
    stage.play([
      {
        name: "work",
        reply: { content: [pointed.runShell("echo kept > kept.txt")], usage: firstCall },
      },
      { name: "long", reply: { content: [pointed.runShell(command)], usage: secondCall } },
      { name: "look", reply: { content: [pointed.runShell("cat kept.txt")], usage: firstCall } },
      { name: "answer", reply: { content: [{ text: "Nothing was lost." }], usage: thirdCall } },
    ]);
    const { issue, taskId } = await stage.assign("Survive the machine");
    const pids = [await pidIn(tool), await pidIn(stubborn)];
    // What a daemon read less than half a second ago may still be nowhere but in its memory.
    await bookedInTool(stage, taskId);
    await waitFor(async () => toolInputs(await transcriptOf(product, taskId)).length > 0, {
      describe: "the first tool call on record",
    });
    await product.stopDaemon("SIGKILL");
    product.startDaemon();
    await product.taskEnded(taskId);
    await waitFor(
      () => pids.every((pid) => !isAlive(pid)) && processesOfTask(taskId).length === 0,
      { describe: "the end of what the killed daemon left" },
    );
    const first = await product.call(tasks.get, { workspace, taskId });
    const retry = await retryOf(stage, first);
    await product.taskEnded(retry.id, resumedWithinMs);
    await ended(stage, taskId, { ending: failedBecause("runtime_recovery"), coverage });
    const again = await ended(stage, retry.id, {
      ending: done,
      coverage: stage.profile.coverage.usual,
    });
    expect(again.sessionId).toBe(first.sessionId);
    expect(again.workDirectory).toBe(first.workDirectory);
    await bookedAsServed(stage, [taskId, retry.id], coverage);
    const rows = await transcriptOf(product, retry.id);
    hasToolCalls(rows, [{ input: /cat kept\.txt/, output: /kept/ }]);
    expect(finalText(rows)).toBe("Nothing was lost.");
    expect(await answersOn(stage, issue)).toEqual(["Nothing was lost."]);
  },
};

export const serverAway: AgentCase = {
  name: "server-away",
  title: "INV-102 server down when the run ends",
  async play(stage, coverage) {
    const { product, pointed, model } = stage;
    const [tool, gate] = [stage.mark("waiting-tool"), stage.mark("gate")];
    await run("mkfifo", [gate]);
    const command = `echo $$ > '${tool}'; cat '${gate}'`;
    stage.play([
      { name: "wait", reply: { content: [pointed.runShell(command)], usage: firstCall } },
      { name: "answer", reply: { content: [{ text: "I went on alone." }], usage: secondCall } },
    ]);
    const { issue, taskId } = await stage.assign("Work without a server");
    await pidIn(tool);
    await product.stopServer();
    await writeFile(gate, "opened\n");
    await product.daemon().says(new RegExp(`run ended.*${taskId}`));
    expect(processesOfTask(taskId)).toEqual([]);
    expect(model.unused()).toEqual([]);
    await product.startServer();
    await product.taskEnded(taskId);
    const task = await ended(stage, taskId, { ending: done, coverage });
    expect(task.attempt).toBe(1);
    await bookedAsServed(stage, [taskId], coverage);
    const rows = await transcriptOf(product, taskId);
    hasToolCalls(rows, [{ input: /cat/, output: /opened/ }]);
    expect(finalText(rows)).toBe("I went on alone.");
    expect((await commentsOn(stage, issue)).map(({ body }) => body)).toEqual(["I went on alone."]);
    const { items } = await product.call(tasks.list, { workspace, issueId: issue.id });
    expect(items.map(({ id }) => id)).toEqual([taskId]);
  },
};
