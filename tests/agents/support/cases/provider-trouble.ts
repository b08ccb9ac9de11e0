import { expect } from "vitest";
import { tasks } from "@headcount/contract/tasks/routes";
import type { Task } from "@headcount/contract/tasks/schemas";
import type { ErrorReply } from "@headcount/testkit/fake-model/scenario";
import { workspace } from "../../../support/start-product.ts";
import { answersOn, bookedAsServed, commentsOn, ended, issueStatus, retryOf } from "../account.ts";
import { type AgentCase, firstCall, secondCall } from "../agent-case.ts";
import type { AgentStage } from "../agent-stage.ts";
import { done, failedBecause } from "../endings.ts";
import type { StatedCoverage } from "../stated-coverage.ts";
import { finalText, hasToolCalls, textsOf, transcriptOf } from "../transcript.ts";

export const rateLimitedOnce: AgentCase = {
  name: "rate-limited",
  title: "429, then success",
  async play(stage, coverage) {
    const { product, pointed } = stage;
    const refusal = { status: 429, message: "Slow down.", headers: { "retry-after": "1" } };
    stage.play([
      { name: "refusal", error: refusal },
      { name: "call", reply: { content: [pointed.runShell("echo patient")], usage: firstCall } },
      { name: "answer", reply: { content: [{ text: "It took two tries." }], usage: secondCall } },
    ]);
    const { issue, taskId } = await stage.assign("Be patient");
    await product.taskEnded(taskId);
    await ended(stage, taskId, { ending: done, coverage });
    await bookedAsServed(stage, [taskId], coverage);
    const rows = await transcriptOf(product, taskId);
    hasToolCalls(rows, [{ input: /echo patient/, output: /patient/ }]);
    expect(finalText(rows)).toBe("It took two tries.");
    expect(await answersOn(stage, issue)).toEqual(["It took two tries."]);
  },
};

/** OpenCode asks six times, with pauses that double and add up to a minute. */
const givenUpWithinMs = 180_000;

type Refusal = {
  readonly error: ErrorReply;
  /** What the CLI makes of it. */
  readonly said: RegExp;
  readonly reason: Task["failureReason"];
};

export const keyRefused: AgentCase = {
  name: "key-refused",
  title: "401 in the middle of the work",
  play: (stage, coverage) =>
    refusedForGood(stage, coverage, {
      error: { status: 401, message: "invalid api key" },
      said: /401|invalid api key/i,
      reason: "agent_error.provider_auth_or_access",
    }),
};

export const serverFault: AgentCase = {
  name: "server-fault",
  title: "500 in the middle of the work",
  play: (stage, coverage) =>
    stage.profile.patience === "asks-on"
      ? faultOverWhileAsking(stage, coverage)
      : refusedForGood(stage, coverage, {
          error: { status: 500, message: "Internal server error" },
          // Codex has a phrase of its own for it.
          said: /500|Internal server error|experiencing high demand/i,
          reason: "agent_error.provider_server_error",
        }),
};

/** The run fails as what it is, says what to do, and keeps what was used before. */
async function refusedForGood(
  stage: AgentStage,
  coverage: StatedCoverage,
  { error, said, reason }: Refusal,
): Promise<void> {
  const { product, pointed } = stage;
  const begin = 'headcount issue status "$HEADCOUNT_ISSUE_KEY" in_progress';
  stage.play([
    { name: "begin", reply: { content: [pointed.runShell(begin)], usage: firstCall } },
    { name: "refusal", times: "any", error },
  ]);
  const { issue, taskId } = await stage.assign(`Work against a ${error.status}`);
  await product.taskEnded(taskId, givenUpWithinMs);
  const task = await ended(stage, taskId, { ending: failedBecause(reason), coverage });
  await bookedAsServed(stage, [taskId], coverage);
  expect(task.error).toMatch(said);
  expect(task.remedy).not.toBeNull();
  const rows = await transcriptOf(product, taskId);
  hasToolCalls(rows, [{ input: /in_progress/, output: /(?:)/ }]);
  expect(textsOf(rows, "error").join()).toMatch(said);
  expect(await issueStatus(stage, issue)).toBe("todo");
  const comments = await commentsOn(stage, issue);
  expect(comments.map(({ kind, body }) => [kind, body])).toEqual([
    ["system", expect.stringContaining(task.remedy ?? "nothing")],
  ]);
  expect(comments[0]?.body).toContain(reason);
}

/** A CLI that asks until the provider is well again: the run goes on as if nothing had been. */
async function faultOverWhileAsking(stage: AgentStage, coverage: StatedCoverage): Promise<void> {
  const { product, pointed } = stage;
  const error = { status: 500, message: "Internal server error" };
  stage.play([
    { name: "begin", reply: { content: [pointed.runShell("echo begun")], usage: firstCall } },
    { name: "fault", times: 2, error },
    { name: "answer", reply: { content: [{ text: "It is well again." }], usage: secondCall } },
  ]);
  const { issue, taskId } = await stage.assign("Work against a fault that passes");
  await product.taskEnded(taskId);
  await ended(stage, taskId, { ending: done, coverage });
  await bookedAsServed(stage, [taskId], coverage);
  const rows = await transcriptOf(product, taskId);
  hasToolCalls(rows, [{ input: /echo begun/, output: /begun/ }]);
  expect(await answersOn(stage, issue)).toEqual(["It is well again."]);
}

/** A CLI that asks again by itself after a reply was cut off. */
export const streamCutOnce: AgentCase = {
  title: "stream cut, asked again by the CLI",
  async play(stage, coverage) {
    const { product } = stage;
    playCut(stage, 1);
    const { issue, taskId } = await stage.assign("Answer through a bad line");
    await product.taskEnded(taskId);
    await ended(stage, taskId, { ending: done, coverage });
    await bookedAsServed(stage, [taskId], coverage);
    const rows = await transcriptOf(product, taskId);
    hasToolCalls(rows, [{ input: /echo steady/, output: /steady/ }]);
    expect(await answersOn(stage, issue)).toEqual(["The line held."]);
  },
};

/** A CLI that gives up: the product tries again in the same session. */
export const streamCutForGood: AgentCase = {
  title: "stream cut until the CLI gives up",
  async play(stage, coverage) {
    const { product } = stage;
    playCut(stage, 2);
    const { issue, taskId } = await stage.assign("Answer through a broken line");
    await product.taskEnded(taskId);
    const first = await product.call(tasks.get, { workspace, taskId });
    const retry = await retryOf(stage, first);
    await product.taskEnded(retry.id);
    const ending = failedBecause("agent_error.provider_network");
    await ended(stage, taskId, { ending, coverage });
    const again = await ended(stage, retry.id, {
      ending: done,
      coverage: stage.profile.coverage.usual,
    });
    await bookedAsServed(stage, [taskId, retry.id], coverage);
    expect(again.sessionId).toBe(first.sessionId);
    expect(again.workDirectory).toBe(first.workDirectory);
    hasToolCalls(await transcriptOf(product, taskId), [{ input: /echo steady/, output: /steady/ }]);
    const rows = await transcriptOf(product, retry.id);
    expect(finalText(rows)).toBe("The line held.");
    expect(await answersOn(stage, issue)).toEqual(["The line held."]);
    expect((await commentsOn(stage, issue)).filter(({ kind }) => kind === "system")).toEqual([]);
  },
};

function playCut(stage: AgentStage, times: number): void {
  const { pointed } = stage;
  const halfSaid = { content: [{ text: "The line is about to break, I fear" }], usage: secondCall };
  stage.play([
    { name: "call", reply: { content: [pointed.runShell("echo steady")], usage: firstCall } },
    { name: "cut", times, cutAfter: 4, reply: halfSaid },
    { name: "answer", reply: { content: [{ text: "The line held." }], usage: secondCall } },
  ]);
}
