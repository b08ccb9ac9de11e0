import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Agent } from "@headcount/contract/agents/schemas";
import { comments } from "@headcount/contract/issues/routes";
import type { Issue } from "@headcount/contract/issues/schemas";
import { tasks } from "@headcount/contract/tasks/routes";
import { workspaces } from "@headcount/contract/workspaces/routes";
import { createQueueTest, mention, only, type QueueTest, workspace } from "./queue.fixture.ts";

const limit = 4;
const asked = 16;

describe("loop guards under requests that come at once", () => {
  let queue: QueueTest;
  beforeAll(async () => {
    queue = await createQueueTest();
  });
  afterAll(() => queue[Symbol.asyncDispose]());

  const setLimits = (settings: Record<string, number>): Promise<unknown> =>
    queue.test.alice.call(workspaces.update, { workspace, settings });

  /** An agent at work on an issue, with others that it may ask. */
  async function atWork(title: string): Promise<{ issue: Issue; token: string; others: Agent[] }> {
    const lead = await queue.agent(`${title}: lead`, { limit: 1 });
    const others = await Promise.all(
      Array.from({ length: asked }, (_, index) => queue.agent(`${title}: ${index}`)),
    );
    const issue = await queue.issue(title, lead.id);
    const claimed = await queue.machine.claim();
    const task = only(claimed.filter((one) => one.agent.id === lead.id));
    await queue.machine.start(task);
    return { issue, token: task.token, others };
  }

  type Server = Pick<QueueTest["test"], "callAs">;

  const ask = async (token: string, issue: Issue, other: Agent, at: Server = queue.test) => {
    const body = `${mention(other)} please help`;
    const { triggers } = await at.callAs(token, comments.add, {
      workspace,
      issue: issue.id,
      body,
    });
    return triggers[0]?.reason ?? null;
  };

  const notices = async (issue: Issue): Promise<string[]> => {
    const { items } = await queue.test.alice.call(comments.list, { workspace, issue: issue.id });
    return items.filter((item) => item.kind === "system").map((item) => item.body);
  };

  const pending = (issue: Issue) =>
    queue.rows<{ id: string }>(
      (sql) => sql`select id from tasks where issue_id = ${issue.id}
        and initiator_type = 'agent' and status = 'queued'`,
    );

  it("INV-128 agents that ask for one person, on many issues and at two servers at once, start no more than its share", async () => {
    await setLimits({ maxAgentTasksPerOriginatorPerHour: limit, maxTasksPerIssuePerHour: 100 });
    const first = await atWork("One person's agents");
    const second = await atWork("One person's other agents");
    await using replica = queue.test.startReplica();
    const servers = [queue.test, replica] as const;
    const reasons = await Promise.all(
      [first, second].flatMap(({ token, issue, others }) =>
        others.map((other, index) => ask(token, issue, other, servers[index % 2])),
      ),
    );
    expect([...(await pending(first.issue)), ...(await pending(second.issue))]).toHaveLength(limit);
    const refused = reasons.filter((reason) => reason === "originator_rate_limited");
    expect(refused).toHaveLength(2 * asked - limit);
  });

  it("INV-50 INV-128 one issue starts no more runs than its hour allows, says so once, and a person goes on", async () => {
    await setLimits({ maxAgentTasksPerOriginatorPerHour: 1_000, maxTasksPerIssuePerHour: limit });
    const { issue, token, others } = await atWork("A busy issue");
    await using replica = queue.test.startReplica();
    const servers = [queue.test, replica] as const;
    const reasons = await Promise.all(
      others.map((other, index) => ask(token, issue, other, servers[index % 2])),
    );
    // The run that asks is one of the issue's own.
    expect(await pending(issue)).toHaveLength(limit - 1);
    expect(reasons.filter((reason) => reason === "issue_rate_limited")).toHaveLength(
      asked - limit + 1,
    );
    expect(await notices(issue)).toHaveLength(1);

    const free = others[reasons.indexOf("issue_rate_limited")];
    if (!free) throw new Error("nobody was refused");
    const { triggers } = await queue.comment(queue.test.alice, issue, `${mention(free)} go on`);
    const started = only(triggers.filter((verdict) => verdict.agentId === free.id));
    expect(started.reason).toBeNull();
    if (started.taskId === null) throw new Error("nothing was started");
    const task = await queue.test.alice.call(tasks.get, { workspace, taskId: started.taskId });
    expect(task).toMatchObject({ hop: 0, originator: { id: queue.test.alice.userId } });

    // The window passes, and agents may ask again.
    queue.test.advance(3_600_000 + 1_000);
    const other = others.findLast((agent) => agent.id !== free.id);
    if (!other) throw new Error("nobody is left");
    expect(await ask(token, issue, other)).toBeNull();
  });
});
