import { expect } from "vitest";
import type { TaskId } from "@headcount/contract/kit/ids";
import { tasks } from "@headcount/contract/tasks/routes";
import { waitFor } from "@headcount/testkit/wait-for";
import { workspace } from "../../../support/start-product.ts";
import { answersOn, bookedAsServed, bookedInTool, ended } from "../account.ts";
import { type AgentCase, firstCall, secondCall } from "../agent-case.ts";
import type { AgentStage } from "../agent-stage.ts";
import { cancelled } from "../endings.ts";
import { isAlive, processesOfTask } from "../task-processes.ts";
import { leaveStubborn, pidIn, runForEver } from "../tools.ts";
import { hasToolCalls, toolInputs, transcriptOf } from "../transcript.ts";

/** The promise to the person who presses the button. */
const goneWithinMs = 10_000;

export const cancelInTool: AgentCase = {
  name: "cancel-in-tool",
  title: "INV-55 INV-19 cancel in a tool",
  async play(stage, coverage) {
    const { product, pointed } = stage;
    const [tool, stubborn] = [stage.mark("cancelled-tool"), stage.mark("stubborn")];
    const command = `${leaveStubborn(stubborn)} ${runForEver(tool)}`;
    stage.play([
      { name: "work", reply: { content: [pointed.runShell("echo begun")], usage: firstCall } },
      { name: "long", reply: { content: [pointed.runShell(command)], usage: secondCall } },
    ]);
    const { issue, taskId } = await stage.assign("Never finish");
    const pids = [await pidIn(tool), await pidIn(stubborn)];
    const living = processesOfTask(taskId).map((line) => Number.parseInt(line, 10));
    expect(living).toEqual(expect.arrayContaining(pids));
    await bookedInTool(stage, taskId);
    // The tool runs a moment before the CLI says so; a press of the button in between would hide it.
    await waitFor(async () => toolInputs(await transcriptOf(product, taskId)).length === 2, {
      describe: "the call of the open tool in the transcript",
    });
    await stop(stage, taskId);
    expect(pids.filter(isAlive)).toEqual([]);
    await ended(stage, taskId, { ending: cancelled, coverage });
    await bookedAsServed(stage, [taskId], coverage);
    const calls = toolInputs(await transcriptOf(product, taskId));
    expect(calls).toEqual([expect.stringMatching(/echo begun/), expect.stringMatching(/setsid/)]);
    expect(await answersOn(stage, issue)).toEqual([]);
  },
};

export const cancelMidStream: AgentCase = {
  name: "cancel-mid-stream",
  title: "INV-19 cancel in the middle of a reply",
  async play(stage, coverage) {
    const { product, pointed, model } = stage;
    const before = model.begun();
    const halfSaid = {
      content: [{ text: "I am about to say a lot of things" }],
      usage: secondCall,
    };
    stage.play([
      { name: "work", reply: { content: [pointed.runShell("echo begun")], usage: firstCall } },
      { name: "hang", hangAfter: 4, reply: halfSaid },
    ]);
    const { issue, taskId } = await stage.assign("Never finish speaking");
    await waitFor(() => model.begun() === before + 2, {
      describe: "the reply that hangs",
      timeoutMs: 60_000,
    });
    await stop(stage, taskId);
    await ended(stage, taskId, { ending: cancelled, coverage });
    await bookedAsServed(stage, [taskId], coverage);
    hasToolCalls(await transcriptOf(product, taskId), [{ input: /echo begun/, output: /begun/ }]);
    expect(await answersOn(stage, issue)).toEqual([]);
  },
};

/** Presses the button and notes how long anything of the run has lived on. */
async function stop(stage: AgentStage, taskId: TaskId): Promise<void> {
  const { product, processes } = stage;
  const pressedAt = performance.now();
  const task = await product.call(tasks.cancel, { workspace, taskId });
  expect(task.status).toBe("cancelled");
  await waitFor(() => [...processesOfTask(taskId), ...processes.living()].length === 0, {
    describe: () => `the end of ${[...processesOfTask(taskId), ...processes.living()].join("; ")}`,
    timeoutMs: goneWithinMs,
  });
  stage.observed.stoppedInMs = performance.now() - pressedAt;
}
