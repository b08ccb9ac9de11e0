import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { agents } from "@headcount/contract/agents/routes";
import { issues } from "@headcount/contract/issues/routes";
import type { AgentId, IssueId } from "@headcount/contract/kit/ids";
import type { UsageOutcomesReply } from "@headcount/contract/usage/outcome-schemas";
import { usageQueries } from "@headcount/contract/usage/query-routes";
import { connectGithub, type Hook, pullRequestEvent } from "../../pull-requests/github.fixture.ts";
import { addTask } from "../../testing/add-task.ts";
import { createTestApp, type TestApp } from "../../testing/test-app.ts";
import { book, usageOf } from "../ledger/usage.fixture.ts";

const workspace = "acme";
const start = Date.parse("2026-11-01T00:00:00Z");
const hourMs = 3_600_000;
/** Hours of four days; the tests' now is two days later. */
const hours = 96;
const at = (hour: number): Date => new Date(start + hour * hourMs);

type Issue = { readonly id: IssueId; readonly key: string };
type Work = { readonly agent: number; readonly hour: number; readonly tokens: number };

describe("what merged pull requests took", () => {
  let test: TestApp;
  let hook: Hook;
  let staff: readonly { readonly id: AgentId; readonly name: string }[];
  let numbers = 0;
  beforeAll(async () => {
    test = await createTestApp({ startsAt: at(hours + 48) });
    hook = await connectGithub(test);
    const made = [];
    for (const name of ["Ada", "Ben"])
      made.push(await test.alice.call(agents.create, { workspace, name, access: "workspace" }));
    staff = made;
  });
  afterAll(async () => {
    await test[Symbol.asyncDispose]();
  });

  async function makeIssues(count: number): Promise<readonly Issue[]> {
    const made: Issue[] = [];
    for (let left = count; left > 0; left -= 1) {
      const title = `Issue ${crypto.randomUUID()}`;
      made.push((await test.alice.call(issues.create, { workspace, title })).issue);
    }
    return made;
  }
  /** A task of one hour. */
  async function work({ id }: Issue, { agent, hour, tokens }: Work): Promise<void> {
    const task = await addTask(test, {
      agentId: agentOf(agent),
      issueId: id,
      startedAt: at(hour),
      endedAt: at(hour + 1),
      status: "completed",
    });
    await book(test, [usageOf(task, { input: tokens })]);
  }
  const agentOf = (agent: number): AgentId => {
    const found = staff[agent];
    if (!found) throw new Error(`There is no agent ${agent}`);
    return found.id;
  };
  async function merge(
    hour: number | null,
    linked: readonly Issue[],
    mentioned: readonly Issue[] = [],
  ): Promise<number> {
    numbers += 1;
    const body = [
      ...mentioned.map(({ key }) => `See ${key}.`),
      ...linked.map(({ key }) => `Closes ${key}.`),
    ].join("\n");
    const mergedAt = hour === null ? null : at(hour).toISOString();
    const { status } = await hook.send(pullRequestEvent({ number: numbers, body, mergedAt }));
    expect(status).toBe(200);
    return numbers;
  }
  const ask = (
    of: readonly Issue[],
    asked: Record<string, unknown> = {},
  ): Promise<UsageOutcomesReply> =>
    test.alice.call(usageQueries.outcomes, {
      workspace,
      days: 30,
      issue: of.map(({ key }) => key).join(),
      ...asked,
    } as never);
  const merged = async (of: readonly Issue[], asked: Record<string, unknown> = {}) => {
    const { pullRequestsMerged } = (await ask(of, asked)).total;
    const { count, whole, perPullRequest } = pullRequestsMerged;
    return { count, tokens: whole.tokens, tasks: whole.tasks, each: perPullRequest };
  };

  it("give each task to the first one that was merged after it began, and later work to none", async () => {
    const own = await makeIssues(1);
    const [issue] = own as [Issue];
    await work(issue, { agent: 0, hour: 1, tokens: 100 });
    await work(issue, { agent: 0, hour: 12, tokens: 10 });
    await work(issue, { agent: 1, hour: 20, tokens: 1 });
    await work(issue, { agent: 0, hour: 40, tokens: 7 });
    expect(await merged(own)).toEqual({ count: 0, tokens: 0, tasks: 0, each: null });
    await merge(20, own);
    await merge(10, own);
    expect(await merged(own)).toEqual({
      count: 2,
      tokens: 110,
      tasks: 2,
      each: {
        costUsd: "0.000055",
        notionalUsd: "0",
        tokens: 55,
        runTimeMs: hourMs,
        attempts: 1,
      },
    });
    // What began when it was merged came after it.
    await merge(21, own);
    expect(await merged(own)).toMatchObject({ count: 3, tokens: 111, tasks: 3 });
    expect(
      await merged(own, { from: "2026-11-01", to: "2026-11-01", days: undefined }),
    ).toMatchObject({ count: 3, tokens: 111 });
    const byAgent = await ask(own, { group_by: "agent" });
    expect(
      byAgent.rows.map(({ key, pullRequestsMerged: { count, whole } }) => [
        key.label,
        count,
        whole.tokens,
      ]),
    ).toEqual([
      ["Ada", 3, 110],
      ["Ben", 1, 1],
    ]);
    expect(byAgent.total.pullRequestsMerged.count).toBe(3);
  });

  it("count nothing twice where one has two issues, or two are of one issue", async () => {
    const own = await makeIssues(2);
    const [first, second] = own as [Issue, Issue];
    await work(first, { agent: 0, hour: 1, tokens: 100 });
    await work(second, { agent: 1, hour: 2, tokens: 10 });
    await merge(10, own);
    expect(await merged(own)).toMatchObject({ count: 1, tokens: 110, tasks: 2 });
    // The work of the one issue has brought two; it is counted for the one that came first.
    await merge(10, [first]);
    await merge(30, [first]);
    expect(await merged(own)).toMatchObject({ count: 3, tokens: 110, each: { tokens: 36 } });
  });

  it("leave out those that only mention the issue, are not merged, or whose issues no agent worked on", async () => {
    const own = await makeIssues(2);
    const [worked, idle] = own as [Issue, Issue];
    await work(worked, { agent: 0, hour: 5, tokens: 100 });
    await merge(10, [idle], [worked]);
    await merge(null, [worked]);
    // All that was done on it came later.
    await merge(4, [worked]);
    expect(await merged(own)).toMatchObject({ count: 0, tokens: 0 });
    const number = await merge(10, [worked, idle]);
    expect(await merged(own)).toMatchObject({ count: 1, tokens: 100 });
    await test.alice.call(issues.delete, { workspace, issue: worked.key });
    expect(await merged(own)).toMatchObject({ count: 1, tokens: 100 });
    // It was about something else after all.
    const corrected = { mergedAt: at(10).toISOString(), updatedAt: at(50).toISOString() };
    await hook.send(pullRequestEvent({ number, body: `Closes ${idle.key}`, ...corrected }));
    expect(await merged(own)).toMatchObject({ count: 0, tokens: 0 });
  });
});
