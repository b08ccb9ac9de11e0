import { expect } from "vitest";
import { comments, issues } from "@headcount/contract/issues/routes";
import type { Comment, Issue } from "@headcount/contract/issues/schemas";
import type { TaskId } from "@headcount/contract/kit/ids";
import { tasks } from "@headcount/contract/tasks/routes";
import type { Task } from "@headcount/contract/tasks/schemas";
import { usage } from "@headcount/contract/usage/routes";
import { patientMs } from "@headcount/testkit/patience";
import { waitFor } from "@headcount/testkit/wait-for";
import { workspace } from "../../support/start-product.ts";
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
  // By what they carry and by whom they descend from: a tool may have shed either.
  expect(processesOfTask(taskId)).toEqual([]);
  expect(stage.processes.living()).toEqual([]);
  const { product, profile, observed } = stage;
  const task = await product.call(tasks.get, { workspace, taskId });
  const { status, outcome, failureReason, error } = task;
  expect({ status, outcome, failureReason, error }).toMatchObject(expected.ending);
  if (profile.sessionId === null) expect(task.sessionId).toBeNull();
  else expect(task.sessionId).toMatch(profile.sessionId);
  const stated = await product.call(usage.task, { workspace, taskId });
  observed.coverage.push(stated);
  expect([stated.coverage, stated.coverageReason]).toEqual([
    expected.coverage.level,
    expect.stringMatching(expected.coverage.reason),
  ]);
  return task;
}

/**
 * The ledger has what the model server served, to the token, and every rollup agrees with it.
 *
 * @param coverage leaves out the replies that the CLI is known not to tell of
 */
export async function bookedAsServed(
  stage: AgentStage,
  taskIds: readonly TaskId[],
  { lost }: StatedCoverage,
): Promise<void> {
  expect(await bookedTokens(stage.product, taskIds)).toEqual(servedTokens(stage, lost));
  await booksAgree(stage.product);
}

/** Names of the rules whose replies are not on the books while the tool of the last one runs. */
const unknownIn = {
  "at-once": [],
  "after-tools": ["long"],
  "at-end": ["work", "long"],
} as const;

/**
 * Everything that was served so far and that the CLI tells of by then is on the books while the tool
 * of its second call, "long", runs.
 */
export async function bookedInTool(stage: AgentStage, taskId: TaskId): Promise<void> {
  const { booksCalls, coverage } = stage.profile;
  const unknownYet: readonly string[] = [...coverage.usual.lost, ...unknownIn[booksCalls]];
  await expect
    .poll(() => bookedTokens(stage.product, [taskId]), { timeout: patientMs(10_000) })
    .toEqual(servedTokens(stage, unknownYet));
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
