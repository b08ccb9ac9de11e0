import { expect } from "vitest";
import { comments, issues } from "@headcount/contract/issues/routes";
import type { Comment, Issue } from "@headcount/contract/issues/schemas";
import type { TaskId } from "@headcount/contract/kit/ids";
import { tasks } from "@headcount/contract/tasks/routes";
import type { Task } from "@headcount/contract/tasks/schemas";
import { usage } from "@headcount/contract/usage/routes";
import { waitFor } from "@headcount/testkit/wait-for";
import { workspace } from "../../support/start-product.ts";
import { type CallTokens, sumOfCalls } from "./agent-case.ts";
import type { AgentStage } from "./agent-stage.ts";
import { booksAgree, bookedTokens, daemonIsQuiet, servedTokens } from "./books.ts";
import type { Ending } from "./endings.ts";
import type { StatedCoverage } from "./stated-coverage.ts";
import { processesOfTask } from "./task-processes.ts";

/**
 * What holds at the end of every run: nothing of it lives, it ended as it should, its session is
 * on record and what can be known of its tokens is stated.
 */
export async function ended(
  stage: AgentStage,
  taskId: TaskId,
  expected: { readonly ending: Ending; readonly coverage: StatedCoverage },
): Promise<Task> {
  await daemonIsQuiet(stage);
  expect(processesOfTask(taskId)).toEqual([]);
  const { product } = stage;
  const task = await product.call(tasks.get, { workspace, taskId });
  const { status, outcome, failureReason, error } = task;
  expect({ status, outcome, failureReason, error }).toMatchObject(expected.ending);
  expect(task.sessionId).toMatch(/^[0-9a-f]{8}-[0-9a-f-]{27}$/);
  const stated = await product.call(usage.task, { workspace, taskId });
  expect([stated.coverage, stated.coverageReason]).toEqual([
    expected.coverage.level,
    expect.stringMatching(expected.coverage.reason),
  ]);
  return task;
}

/** The ledger has what the model server served, to the token, and every rollup agrees with it. */
export async function bookedAsServed(stage: AgentStage, taskIds: readonly TaskId[]): Promise<void> {
  expect(await bookedTokens(stage.product, taskIds)).toEqual(servedTokens(stage));
  await booksAgree(stage.product);
}

/** These calls of the main model are on the books while the task still runs, not only at its end. */
export async function bookedLive(
  stage: AgentStage,
  taskId: TaskId,
  calls: readonly CallTokens[],
): Promise<void> {
  const { mainModel } = stage.pointed;
  await expect
    .poll(async () => (await bookedTokens(stage.product, [taskId]))[mainModel], { timeout: 10_000 })
    .toMatchObject(sumOfCalls(calls));
  const task = await stage.product.call(tasks.get, { workspace, taskId });
  expect(task.status).toBe("running");
}

export async function commentsOn(
  { product }: AgentStage,
  issue: Issue,
): Promise<readonly Comment[]> {
  const { items } = await product.call(comments.list, { workspace, issue: issue.id });
  return items;
}

/** Bodies of what the agent itself, or the product in its name, wrote on the issue. */
export async function answersOn(stage: AgentStage, issue: Issue): Promise<readonly string[]> {
  const all = await commentsOn(stage, issue);
  return all.filter((comment) => comment.author.type === "agent").map((comment) => comment.body);
}

export async function issueStatus({ product }: AgentStage, issue: Issue): Promise<string> {
  return (await product.call(issues.get, { workspace, issue: issue.id })).status;
}

/** The task that tries again what another one failed at. */
export async function retryOf({ product }: AgentStage, failed: Task): Promise<Task> {
  return waitFor(
    async () => {
      const { items } = await product.call(tasks.list, { workspace, issueId: failed.issueId });
      return items.find((task) => task.retryOf === failed.id);
    },
    { describe: `a retry of task ${failed.id}`, timeoutMs: 30_000 },
  );
}
