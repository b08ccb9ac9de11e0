import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Agent } from "@headcount/contract/agents/schemas";
import type { ClaimedTask } from "@headcount/contract/daemon/schemas";
import { comments, issues } from "@headcount/contract/issues/routes";
import type { Issue } from "@headcount/contract/issues/schemas";
import { createQueueTest, mention, only, type QueueTest, workspace } from "./queue.fixture.ts";

describe("agents whose runs another agent asked for", () => {
  let queue: QueueTest;
  let ada: Agent;
  let bert: Agent;
  let own: Issue;
  let asking: ClaimedTask;
  beforeEach(async () => {
    queue = await createQueueTest();
    ada = await queue.agent("Ada");
    bert = await queue.agent("Bert");
    own = await queue.issue("Delegate", ada.id);
    asking = await run();
  });
  afterEach(async () => {
    await queue[Symbol.asyncDispose]();
  });

  const run = async (): Promise<ClaimedTask> => {
    const task = only(await queue.machine.claim());
    await queue.machine.start(task);
    return task;
  };
  const fail = (task: ClaimedTask): Promise<string> =>
    queue.machine.finish(task, {
      status: "failed",
      failureReason: "agent_error.missing_config",
    });
  /** Ada gives Bert an issue of his own, and he fails on it. */
  const failElsewhere = async (): Promise<Issue> => {
    const { issue } = await queue.test.callAs(asking.token, issues.create, {
      workspace,
      title: "A part of it",
      assignee: { type: "agent", id: bert.id },
    });
    await fail(await run());
    return issue;
  };
  const tell = () => queue.test.app.jobs.runNow("tasks.tell-delegators");
  const said = async (issue: Issue): Promise<string[]> => {
    const page = await queue.test.alice.call(comments.list, { workspace, issue: issue.id });
    return page.items.map((comment) => comment.body);
  };
  const pending = () =>
    queue.rows((sql) => sql<{ tries: number }[]>`select tries from failure_notices`);
  /** From now on nothing of this kind can be stored. */
  const sabotage = (table: "comments" | "tasks") =>
    queue.rows(async (sql) => {
      await sql.unsafe(`
        create function broken() returns trigger language plpgsql as
          $$ begin raise exception 'the disk is broken'; end $$;
        create trigger broken before insert on ${table} for each row execute function broken()`);
      return [];
    });
  const repair = () =>
    queue.rows(async (sql) => {
      await sql.unsafe("drop function broken() cascade");
      return [];
    });

  it("INV-32 one that asked from another issue is told there, once", async () => {
    const part = await failElsewhere();
    expect(await pending()).toEqual([{ tries: 0 }]);
    await queue.machine.finish(asking, { answer: "Asked Bert." });
    await tell();
    await tell();
    expect(await pending()).toEqual([]);
    const told = await run();
    expect(told).toMatchObject({ agent: { id: ada.id }, issue: { id: own.id } });
    expect(told.turnPrompt).toContain(`Bert did not finish ${part.key}`);
    expect((await said(own)).filter((body) => body.includes(part.key))).toHaveLength(1);
    expect(await queue.machine.claim()).toEqual([]);
  });

  it("INV-32 what could not be told at first is told later", async () => {
    const part = await failElsewhere();
    await queue.machine.finish(asking, { answer: "Asked Bert." });
    await sabotage("tasks");
    await tell();
    expect(await pending()).toEqual([{ tries: 1 }]);
    expect((await said(own)).filter((body) => body.includes(part.key))).toEqual([]);
    await repair();
    await tell();
    expect(await pending()).toEqual([]);
    expect((await run()).agent.id).toBe(ada.id);
  });

  it("INV-32 is given up after three tries", async () => {
    await failElsewhere();
    await sabotage("comments");
    await tell();
    await tell();
    expect(await pending()).toEqual([{ tries: 2 }]);
    await tell();
    expect(await pending()).toEqual([]);
  });

  it("INV-10 INV-32 a failure is stored although its delegator could not be woken", async () => {
    await queue.test.callAs(asking.token, comments.add, {
      workspace,
      issue: own.id,
      body: mention(bert),
    });
    const delegated = await run();
    await queue.machine.finish(asking, { answer: "Asked Bert." });
    await sabotage("tasks");
    expect(await fail(delegated)).toBe("stored");
    expect(await pending()).toEqual([{ tries: 0 }]);
    await repair();
    await tell();
    expect((await run()).agent.id).toBe(ada.id);
  });

  it("nobody is told on an issue that is gone", async () => {
    await failElsewhere();
    await queue.test.alice.call(issues.delete, { workspace, issue: own.id });
    await tell();
    expect(await pending()).toEqual([]);
    expect(await queue.machine.claim()).toEqual([]);
  });
});
