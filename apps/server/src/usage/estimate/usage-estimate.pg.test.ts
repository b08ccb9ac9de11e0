import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { agents } from "@headcount/contract/agents/routes";
import { issues } from "@headcount/contract/issues/routes";
import type { AgentId, IssueId } from "@headcount/contract/kit/ids";
import { projects } from "@headcount/contract/projects/routes";
import { usageForecasts } from "@headcount/contract/usage/forecast-routes";
import { addTask } from "../../testing/add-task.ts";
import { createTestApp, type TestApp } from "../../testing/test-app.ts";
import type { ReportedUsage } from "../ledger/check-record.ts";
import { book, usageOf } from "../ledger/usage.fixture.ts";

const workspace = "acme";

type Work = { readonly agentId: AgentId; readonly issueId: IssueId };

/** Tasks of so many minutes and dollars, one an hour. */
async function work(test: TestApp, where: Work, dollars: readonly number[]): Promise<void> {
  const records: ReportedUsage[] = [];
  const lastMs = test.now().getTime() + dollars.length * 3_600_000;
  for (const amount of dollars) {
    test.advance(3_600_000);
    const endedAt = test.now();
    const startedAt = new Date(endedAt.getTime() - amount * 60_000);
    const task = await addTask(test, { ...where, startedAt, endedAt, status: "completed" });
    const ageMs = lastMs - endedAt.getTime();
    records.push(usageOf(task, { key: "1", ageMs, input: amount * 1_000_000 }));
  }
  await book(test, records);
}

describe("the estimate of a task", () => {
  let test: TestApp;
  let ada: AgentId;
  beforeAll(async () => {
    test = await createTestApp();
    ada = (await test.alice.call(agents.create, { workspace, name: "Ada" })).id;
  });
  afterAll(async () => {
    await test[Symbol.asyncDispose]();
  });
  const estimate = (asked: Record<string, unknown> = {}) =>
    test.alice.call(usageForecasts.estimate, { workspace, agent: "ada", ...asked });
  const addIssue = async (title: string, project = {}) =>
    (await test.alice.call(issues.create, { workspace, title, ...project })).issue.id;

  it("is made from the agent's own, with how such ranges fared", async () => {
    const place = { agentId: ada, issueId: await addIssue("Outside") };
    await work(test, place, [1, 2, 3, 4, 5, 6, 7]);
    expect(await estimate()).toMatchObject({
      agentId: ada,
      agentName: "Ada",
      scope: "agent",
      tasks: 7,
      tasksNeeded: 8,
      cost: { usual: null, reason: "too_few_tasks", calibration: null },
    });
    await work(test, place, [8, 5, 50]);
    expect(await estimate({ agent: ada })).toMatchObject({
      tasks: 10,
      cost: {
        usual: { low: "1.1", median: "5", high: "45.8" },
        reason: null,
        calibration: { inside: 1, of: 2 },
      },
      notional: { usual: null, reason: "not_used" },
      tokens: { usual: { low: 1_100_000, median: 5_000_000, high: 45_800_000 } },
      runTimeMs: { usual: { low: 66_000, median: 300_000, high: 2_748_000 } },
    });
  });

  it("is made from those in the project where there are enough", async () => {
    const project = await test.alice.call(projects.create, { workspace, title: "Website" });
    expect(await estimate({ project: project.id })).toMatchObject({ scope: "agent", tasks: 10 });
    const issueId = await addIssue("Inside", { projectId: project.id });
    await work(test, { agentId: ada, issueId }, [2, 2, 2, 2, 2, 2, 2, 2]);
    expect(await estimate({ project: project.id })).toMatchObject({
      scope: "agent_in_project",
      tasks: 8,
      cost: { usual: { low: "2", median: "2", high: "2" }, calibration: null },
    });
  });
});

it("INV-84 knows no agent that is closed to the caller, by id or by name", async () => {
  await using test = await createTestApp();
  const ada = await test.alice.call(agents.create, { workspace, name: "Ada" });
  for (const agent of [ada.id, "Ada", "nobody"]) {
    const asked = test.bob.call(usageForecasts.estimate, { workspace, agent });
    await expect(asked).rejects.toMatchObject({ code: "not_found" });
  }
  const own = await test.alice.call(usageForecasts.estimate, { workspace, agent: ada.id });
  expect(own).toMatchObject({ tasks: 0, runTimeMs: { reason: "too_few_tasks" } });
});
